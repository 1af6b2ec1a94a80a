import { type IncomingMessage, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { Attempt } from './Attempt.ts';
import { openSocket } from './lib/openSocket.ts';
import { ProbeFailure } from './lib/ProbeFailure.ts';
import type { ProbeKind } from './types.ts';

/** Enough for any page that says "ready". */
const MAX_BODY = 64 * 1024;
const PROTOCOLS = ['http/1.1'];

function hostHeader({ target: { host, port, tls } }: Attempt): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (tls ? 443 : 80) ? name : `${name}:${port}`;
}

function judgeStatus({ target }: Attempt, status = 0): void {
  const { expectStatus } = target;
  const isWell =
    expectStatus.length === 0
      ? status >= 200 && status < 300
      : expectStatus.includes(status);
  if (!isWell) {
    const wanted = expectStatus.join(' or ') || '200 to 299';
    throw new ProbeFailure('status', `It answered ${status}, not ${wanted}.`);
  }
}

/** An answer that breaks off isn't one. */
function readBody(response: IncomingMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) return;
      response.destroy();
      resolve();
    });
    response.once('end', resolve);
    response.once('error', reject);
  });
}

/** Resolves when the answer's head is there, which is where the clock stops. */
function ask(attempt: Attempt, fresh?: Socket): Promise<IncomingMessage> {
  const { host, port, path } = attempt.target;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host,
      port,
      path,
      setHost: false,
      headers: {
        host: hostHeader(attempt),
        'user-agent': 'backbone-gateway-probe',
        accept: '*/*',
      },
      ...(fresh
        ? { createConnection: () => fresh }
        : { agent: attempt.tools.kept.agentFor(attempt) }),
    });
    request.once('socket', socket => {
      attempt.own(socket);
      attempt.begin('answer');
    });
    request.once('response', response => {
      attempt.end();
      resolve(response);
    });
    request.on('error', error =>
      reject(Object.assign(error, { reused: request.reusedSocket })),
    );
    request.end();
  });
}

async function askOverKept(attempt: Attempt): Promise<IncomingMessage> {
  try {
    return await ask(attempt);
  } catch (error) {
    // The other end closed it while nobody asked: that says nothing.
    if (!(error as { reused?: boolean }).reused || attempt.closed) throw error;
    attempt.tools.kept.drop(attempt.target);
    return ask(attempt);
  }
}

/** A GET; redirects aren't followed. */
export const http: ProbeKind = {
  kind: 'http',
  async probe(attempt) {
    const { freshConnections } = attempt.target;
    const response = freshConnections
      ? await ask(attempt, await openSocket(attempt, PROTOCOLS))
      : await askOverKept(attempt);
    await readBody(response);
    if (!freshConnections) attempt.release();
    judgeStatus(attempt, response.statusCode);
  },
};
