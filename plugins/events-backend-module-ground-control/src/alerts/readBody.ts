import { IncomingMessage } from 'node:http';

/**
 * Reads the bytes of a request's body as they came; undefined when there are
 * more than allowed.
 */
export function readBody(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is read and dropped, so that the answer can be sent.
      if (size > mostBytes) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () =>
      reject(new Error('The request ended before its body')),
    );
  });
}
