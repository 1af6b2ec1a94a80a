import { promisify } from 'node:util';
import yauzl, { Options, ZipFile } from 'yauzl';
import { ZipFault } from './types';

/** Nothing is read ahead, and a name that leads out makes the zip a broken one. */
export const ZIP_OPTIONS: Options = {
  lazyEntries: true,
  autoClose: false,
  strictFileNames: true,
};

const fromBuffer = promisify(
  (
    bytes: Buffer,
    options: Options,
    callback: (error: Error | null, zip: ZipFile) => void,
  ) => yauzl.fromBuffer(bytes, options, callback),
) as (bytes: Buffer, options: Options) => Promise<ZipFile>;

/** Reads from a zip that is here; what is thrown in doing so makes it a broken one. */
export async function readBufferZip<T>(
  bytes: Buffer,
  read: (zip: ZipFile) => Promise<T | ZipFault>,
  signal?: AbortSignal,
): Promise<T | ZipFault> {
  try {
    return await read(await fromBuffer(bytes, ZIP_OPTIONS));
  } catch {
    signal?.throwIfAborted();
    return 'broken';
  }
}
