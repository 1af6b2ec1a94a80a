import { Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { ObjectPart } from './types';

/**
 * The whole body of an answer, or undefined where it is too large. Throws where
 * it ends early: half an object must not pass for one.
 */
export async function collectBody(
  answer: GetObjectCommandOutput,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const body = answer.Body as Readable | undefined;
  if (!body) return Buffer.alloc(0);
  const stop = () => body.destroy(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    if ((answer.ContentLength ?? 0) > maxBytes) {
      body.destroy();
      return undefined;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) return undefined;
      chunks.push(chunk);
    }
    signal.throwIfAborted();
    if (answer.ContentLength !== undefined && size !== answer.ContentLength) {
      throw new Error('The answer ended early');
    }
    return Buffer.concat(chunks);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Where in the object an answer's body stands; a server may send all of it. */
export function parsePart(
  answer: GetObjectCommandOutput,
  bytes: Buffer,
): ObjectPart {
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.ContentRange ?? '');
  return {
    bytes,
    start: range ? Number(range[1]) : 0,
    size: range ? Number(range[2]) : bytes.length,
    etag: answer.ETag ?? '',
  };
}
