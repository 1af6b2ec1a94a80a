import { promisify } from 'node:util';
import yauzl, { Options, RandomAccessReader, ZipFile } from 'yauzl';
import { ConflictError } from '@backstage/errors';
import { readBufferZip, ZIP_OPTIONS } from '../zip/readBufferZip';
import { MAX_ZIP, ZipFault } from '../zip/types';
import { BLOCK, RangedReader } from './RangedReader';
import { NoPart, S3Gate } from './S3Gate';

const fromReader = promisify(
  (
    reader: RandomAccessReader,
    size: number,
    options: Options,
    callback: (error: Error | null, zip: ZipFile) => void,
  ) => yauzl.fromRandomAccessReader(reader, size, options, callback),
) as (
  reader: RandomAccessReader,
  size: number,
  options: Options,
) => Promise<ZipFile>;

const FAULTS: Record<NoPart, ZipFault> = {
  missing: 'missing',
  // It was read whole and without a condition: no answer says that.
  changed: 'missing',
  'too-large': 'too-large',
  empty: 'broken',
};

type Read<T> = (zip: ZipFile) => Promise<T | ZipFault>;

/** Reads from a zip of a bucket after getting all of it. */
export async function readWholeS3Zip<T>(
  gate: S3Gate,
  key: string,
  read: Read<T>,
  signal?: AbortSignal,
): Promise<T | ZipFault> {
  const part = await gate.get({ key, maxBytes: MAX_ZIP, signal });
  if (typeof part === 'string') return FAULTS[part];
  return readBufferZip(part.bytes, read, signal);
}

/**
 * Reads a little of a zip of a bucket: its end, where the directory is, and of
 * the rest what the directory leads to.
 */
export async function readS3Zip<T>(
  gate: S3Gate,
  key: string,
  read: Read<T>,
  signal?: AbortSignal,
): Promise<T | ZipFault> {
  const last = await gate.get({
    key,
    range: `bytes=-${BLOCK}`,
    // A server that knows no ranges sends all.
    maxBytes: MAX_ZIP,
    signal,
  });
  // Some servers refuse to give more of an end than there is.
  const tail =
    last === 'empty' ? await gate.get({ key, maxBytes: BLOCK, signal }) : last;
  if (typeof tail === 'string') return FAULTS[tail];
  if (tail.start === 0) return readBufferZip(tail.bytes, read, signal);
  const reader = new RangedReader(tail, async (start, end) => {
    const part = await gate.get({
      key,
      range: `bytes=${start}-${end - 1}`,
      etag: tail.etag || undefined,
      maxBytes: end - start,
      signal,
    });
    if (typeof part === 'string' || part.start !== start) {
      throw new ConflictError(
        'The artifact was replaced in its store while it was read; it is read again',
      );
    }
    return part.bytes;
  });
  try {
    return await read(await fromReader(reader, tail.size, ZIP_OPTIONS));
  } catch {
    signal?.throwIfAborted();
    // A store that fails says nothing of the zip.
    if (reader.fault) throw reader.fault;
    return 'broken';
  }
}
