import type { ServerResponse } from 'node:http';
import { StatusError } from './StatusError.ts';

export function sendJson(
  response: ServerResponse,
  status: number,
  text: string,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
  });
  response.end(text);
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** Answers with what went wrong; nothing when an answer has begun. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status =
    error instanceof StatusError
      ? error
      : new StatusError(
          500,
          'InternalError',
          `Internal error occurred: ${(error as Error).message}`,
        );
  const wait = status.details?.retryAfterSeconds;
  if (wait !== undefined) {
    response.setHeader('retry-after', String(wait));
  }
  sendJson(response, status.code, JSON.stringify(status.toStatus()));
}
