import { InputError } from '@backstage/errors';
import { Request } from 'express';

/**
 * The body of a request that must be a zip, read as it comes and never further
 * than it may be long.
 *
 * @throws InputError for what is no zip by its header, too large or cut off
 */
export async function readZipBody(
  request: Request,
  maxBytes: number,
): Promise<Buffer> {
  const type = request.headers['content-type']?.split(';')[0].trim();
  if (type?.toLowerCase() !== 'application/zip') {
    throw new InputError('The body must be a zip: application/zip');
  }
  if (request.headers['content-encoding']) {
    throw new InputError('The body may not be encoded: a zip is packed');
  }
  const tooLarge = () =>
    new InputError(
      `The body may be at most ${
        maxBytes / 1024 / 1024
      } MiB. Build the artifact again without what doesn't belong there.`,
    );
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Left early, the request isn't destroyed: the answer goes the same way.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('The body ended early. Upload it again.');
  }
  return Buffer.concat(chunks);
}
