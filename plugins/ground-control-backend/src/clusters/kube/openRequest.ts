import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { classifyError } from './classifyError';
import { Deadline } from '../../lib/Deadline';
import { KubeFault } from './KubeFault';
import { Access } from './KubeAccess';
import { KubeLimits } from './limits';

/** Dead peers are found by the system within about 15 s. */
const TCP_KEEP_ALIVE_MS = 5_000;

/** A connection that was kept and that the server closed at the same moment. */
function isStaleConnection(request: http.ClientRequest, error: unknown) {
  const { code } = error as NodeJS.ErrnoException;
  return request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
}

function onceConnected(socket: Socket, isTls: boolean, then: () => void) {
  if (!socket.connecting) {
    then();
    return;
  }
  socket.once(isTls ? 'secureConnect' : 'connect', then);
}

function openOnce(
  access: Access,
  options: { path: string; signal: AbortSignal; limits: KubeLimits },
): Promise<http.IncomingMessage | 'again'> {
  const { path, signal, limits } = options;
  const url = `${access.url}${path}`;
  const isTls = url.startsWith('https:');
  return new Promise((resolve, reject) => {
    const request = (isTls ? https : http).request(url, {
      method: 'GET',
      agent: access.agent,
      signal,
      headers: {
        ...access.headers,
        accept: 'application/json',
        'user-agent': 'ground-control',
      },
    });
    let isConnected = false;
    const deadline = new Deadline(() =>
      request.destroy(
        new KubeFault(
          'timed-out',
          isConnected
            ? 'It took the connection and did not answer in time'
            : 'It took no connection in time',
        ),
      ),
    );
    deadline.set(limits.connectTimeoutMs);
    request.once('socket', socket => {
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      onceConnected(socket, isTls, () => {
        isConnected = true;
        deadline.set(limits.responseTimeoutMs);
      });
    });
    request.once('response', response => {
      deadline.clear();
      resolve(response);
    });
    request.on('error', error => {
      deadline.clear();
      if (signal.aborted) reject(signal.reason);
      else if (isStaleConnection(request, error)) resolve('again');
      else reject(classifyError(error));
    });
    request.end();
  });
}

/**
 * Asks a cluster and waits for the first word of its answer.
 *
 * @throws KubeFault when there is none; the signal's reason when aborted
 */
export async function openRequest(
  access: Access,
  options: { path: string; signal: AbortSignal; limits: KubeLimits },
): Promise<http.IncomingMessage> {
  // As often as connections are kept, and once more on a fresh one.
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const response = await openOnce(access, options);
    if (response !== 'again') return response;
  }
  throw new KubeFault('unreachable', 'The connection broke');
}
