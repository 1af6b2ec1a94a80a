import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the repository answers to everybody, by control. */
export type Access = 'allow' | 'deny' | 'expired' | 'hang';

export const GIT_USER = 'ground-control';

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function isRightUser(request: IncomingMessage, token: string): boolean {
  const [scheme, encoded] = (request.headers.authorization ?? '').split(' ');
  return (
    scheme?.toLowerCase() === 'basic' &&
    sameText(
      Buffer.from(encoded ?? '', 'base64').toString(),
      `${GIT_USER}:${token}`,
    )
  );
}

/**
 * Lets a request through or answers it. A hanging one is never answered, only
 * cut off when the server stops.
 */
export function admit(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  token: string,
): boolean {
  if (access === 'hang') {
    return false;
  }
  if (access === 'expired') {
    response.writeHead(403, { 'content-type': 'text/plain' });
    response.end('The token has expired.\n');
    return false;
  }
  if (access === 'deny' || !isRightUser(request, token)) {
    response.writeHead(401, {
      'content-type': 'text/plain',
      'www-authenticate': 'Basic realm="sandbox"',
    });
    response.end('Wrong user or token.\n');
    return false;
  }
  return true;
}
