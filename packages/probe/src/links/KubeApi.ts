import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LinksConfig } from '../config/types.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const DEADLINE_MS = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** The API answered with another status than 200. */
export class KubeStatus extends Error {
  readonly status: number;

  constructor(status: number, path: string) {
    super(`the API server answered ${status} to ${path}`);
    this.status = status;
  }
}

interface Access {
  server: URL;
  tokenFile?: string;
  caFile?: string;
}

function findAccess(config: LinksConfig, env: NodeJS.ProcessEnv): Access {
  if (config.server) return { ...config, server: config.server };
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host) {
    throw new Error(
      'links.server is not set and this is no pod: KUBERNETES_SERVICE_HOST is not set either',
    );
  }
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    server: new URL(`https://${name}:${port ?? 443}`),
    tokenFile: config.tokenFile ?? `${SERVICE_ACCOUNT}/token`,
    caFile: config.caFile ?? `${SERVICE_ACCOUNT}/ca.crt`,
  };
}

/**
 * The API server of the cluster. Token and authority are read anew for each
 * question: what mounts them renews them on disk, and they are small.
 */
export class KubeApi {
  readonly #config: LinksConfig;
  readonly #env: NodeJS.ProcessEnv;

  constructor(config: LinksConfig, env: NodeJS.ProcessEnv = process.env) {
    this.#config = config;
    this.#env = env;
  }

  /**
   * The JSON that a path answers.
   *
   * @throws KubeStatus, or an error that names no secret
   */
  async get(path: string, signal: AbortSignal): Promise<unknown> {
    const { server, tokenFile, caFile } = findAccess(this.#config, this.#env);
    const token = tokenFile && readFileSync(tokenFile, 'utf8').trim();
    const url = new URL(server.pathname.replace(/\/$/, '') + path, server);
    const text = await new Promise<string>((resolve, reject) => {
      const ask = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = ask(
        url,
        {
          agent: false,
          signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
          ...(caFile && { ca: readFileSync(caFile) }),
          headers: {
            accept: 'application/json',
            'user-agent': 'backbone-gateway-probe',
            ...(token && { authorization: `Bearer ${token}` }),
          },
        },
        response => {
          if (response.statusCode !== 200) {
            response.destroy();
            reject(new KubeStatus(response.statusCode ?? 0, url.pathname));
            return;
          }
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            chunks.push(chunk);
            if (size > MAX_BYTES) {
              request.destroy(new Error('the answer is larger than 16 MiB'));
            }
          });
          response.once('end', () =>
            resolve(Buffer.concat(chunks).toString('utf8')),
          );
          response.once('error', reject);
        },
      );
      request.once('error', error =>
        reject(
          error.name === 'AbortError' || error.name === 'TimeoutError'
            ? new Error(`no answer within ${DEADLINE_MS / 1_000} s`)
            : error,
        ),
      );
      request.end();
    });
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`what ${url.pathname} answered is no JSON`);
    }
  }
}
