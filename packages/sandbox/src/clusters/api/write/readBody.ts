import type { IncomingMessage } from 'node:http';
import { StatusError } from '../http/StatusError.ts';

/** As Kubernetes: more than etcd would take. */
const MOST_BYTES = 3 * 1024 * 1024;

/** The body of a request as JSON, if it is of one of these types. */
export async function readBody(
  request: IncomingMessage,
  types: readonly string[],
): Promise<{ type: string; body: Record<string, unknown> | undefined }> {
  const [given] = (request.headers['content-type'] ?? types[0]).split(';');
  const type = given.trim().toLowerCase();
  if (!types.includes(type)) {
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${types.join(
        ', ',
      )}`,
      {},
    );
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MOST_BYTES}`,
        {},
      );
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  if (text.trim() === '') {
    return { type, body: undefined };
  }
  try {
    const body = JSON.parse(text);
    if (body && typeof body === 'object' && !Array.isArray(body)) {
      return { type, body };
    }
  } catch {
    // Answered below, as what isn't an object.
  }
  throw StatusError.badRequest('the object provided is not a JSON object');
}
