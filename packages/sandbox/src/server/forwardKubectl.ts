import { request as startRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

const PATH = /^\/kube\/([a-z0-9-]+)(\/.*)$/;

/** The cluster that a URL below /kube/ names, and the path in its API. */
export function readKubePath(
  url: string,
): { cluster: string; path: string } | undefined {
  const [, cluster, path] = PATH.exec(url) ?? [];
  return cluster === undefined ? undefined : { cluster, path };
}

function passwordOf({ headers }: IncomingMessage): string {
  const [scheme, encoded] = (headers.authorization ?? '').split(' ');
  const text =
    scheme?.toLowerCase() === 'basic'
      ? Buffer.from(encoded ?? '', 'base64').toString()
      : '';
  return text.slice(text.indexOf(':') + 1);
}

/**
 * Hands a request of kubectl on to a cluster's API. kubectl keeps a token to
 * itself where there is no TLS, but sends the password that stands in a URL:
 * here that becomes the token. Whatever the cluster does, such as to hang up,
 * happens to kubectl too.
 */
export function forwardKubectl(
  request: IncomingMessage,
  response: ServerResponse,
  clusterUrl: string,
  path: string,
): void {
  const upstream = startRequest(`${clusterUrl}${path}`, {
    method: request.method,
    headers: {
      ...request.headers,
      host: new URL(clusterUrl).host,
      authorization: `Bearer ${passwordOf(request)}`,
    },
  });
  upstream.on('response', answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}
