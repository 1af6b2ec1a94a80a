import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { createKubeConfig } from './createKubeConfig';
import { KubeFault } from './KubeFault';
import { KubeLimits } from './limits';

/** What a request to a cluster is made with. */
export interface Access {
  /** Of the API, without a slash at its end. */
  url: string;
  headers: Record<string, string>;
  agent: http.Agent;
  anonymous: boolean;
  /** Which reading of the credentials it is of. */
  generation: number;
}

const KEEP_ALIVE_MS = 5_000;
const IDLE_CONNECTIONS = 4;
/** How long the answer of a program for credentials is used at least. */
const PROGRAM_MS = 30_000;

/**
 * Who we are to a cluster, and how its own identity is checked: credentials
 * and TLS by the official client, connections kept by us. Credentials are
 * asked of the client for each request, since it knows when they end.
 */
export class KubeAccess {
  readonly #definition: ClusterDefinition;
  readonly #limits: KubeLimits;
  #generation = 0;
  #config?: KubeConfig;
  /** What a program answered, for all who ask at about the same time. */
  #proof?: { at: number; options: Promise<https.RequestOptions> };
  #agent?: { key: string; agent: http.Agent };

  constructor(definition: ClusterDefinition, limits: KubeLimits) {
    this.#definition = definition;
    this.#limits = limits;
  }

  /** @throws KubeFault when there are no credentials to be had */
  async get(): Promise<Access> {
    const generation = this.#generation;
    const config = this.#load();
    const cluster = config.getCurrentCluster()!;
    const url = cluster.server.replace(/\/+$/, '');
    const isPlain = url.startsWith('http:');
    // The client refuses plain HTTP unless told that there is no TLS to verify.
    if (isPlain) Object.assign(cluster, { skipTLSVerify: true });
    const options = await this.#prove(config);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      // A token that was read from a file has the file's line end.
      headers[name] = String(value).trim();
    }
    if (options.auth && !headers.Authorization) {
      const basic = Buffer.from(options.auth).toString('base64');
      headers.Authorization = `Basic ${basic}`;
    }
    return {
      url,
      headers,
      agent: this.#keepAgent(options, isPlain, cluster.proxyUrl),
      anonymous: !headers.Authorization && !options.cert,
      generation,
    };
  }

  /**
   * Forgets credentials that were refused, so that those on disk, or of a
   * program, are got anew; once for all who were refused with the same.
   */
  renew(refused: Access): void {
    if (refused.generation !== this.#generation) return;
    this.#generation += 1;
    this.#config = undefined;
    this.#proof = undefined;
  }

  close(): void {
    this.#agent?.agent.destroy();
    this.#agent = undefined;
  }

  #load(): KubeConfig {
    this.#config ??= createKubeConfig(this.#definition);
    return this.#config;
  }

  /** Who we are, as the client says it at this moment. */
  #prove(config: KubeConfig): Promise<https.RequestOptions> {
    if (!config.getCurrentUser()?.exec) return this.#apply(config);
    const now = performance.now();
    if (!this.#proof || now - this.#proof.at > PROGRAM_MS) {
      // The client runs it for each request where it names no end.
      this.#proof = { at: now, options: this.#apply(config) };
    }
    return this.#proof.options;
  }

  async #apply(config: KubeConfig): Promise<https.RequestOptions> {
    const options: https.RequestOptions = { headers: {} };
    let timer: NodeJS.Timeout | undefined;
    try {
      await Promise.race([
        config.applyToHTTPSOptions(options),
        new Promise((_, reject) => {
          timer = setTimeout(
            () => reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })),
            this.#limits.credentialTimeoutMs,
          );
        }),
      ]);
      return options;
    } catch (error) {
      // What a program wrote, or a file holds, may be a credential.
      const { code } = error as NodeJS.ErrnoException;
      throw new KubeFault(
        'unauthorized',
        `Our credentials for it can't be read or got${
          typeof code === 'string' ? ` (${code})` : ''
        }; check its files, or the program that its kubeconfig names`,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  #keepAgent(
    options: https.RequestOptions,
    isPlain: boolean,
    proxyUrl: string | undefined,
  ): http.Agent {
    const { ca, cert, key, rejectUnauthorized } = options;
    const { servername } = options;
    const tls = { ca, cert, key, rejectUnauthorized, servername };
    const hash = createHash('sha256')
      .update(
        JSON.stringify([...Object.values(tls).map(String), isPlain, proxyUrl]),
      )
      .digest('base64');
    if (this.#agent?.key === hash) return this.#agent.agent;
    const keep = {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      maxSockets: this.#limits.maxConnections,
      maxFreeSockets: IDLE_CONNECTIONS,
    };
    const create = () => {
      if (proxyUrl) return options.agent as http.Agent;
      return isPlain
        ? new http.Agent(keep)
        : new https.Agent({
            ...keep,
            ...Object.fromEntries(
              Object.entries(tls).filter(([, value]) => value !== undefined),
            ),
          });
    };
    // Streams on the old one go on until they end.
    this.#agent = { key: hash, agent: create() };
    return this.#agent.agent;
  }
}
