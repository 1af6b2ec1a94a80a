import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import yauzl, { Entry, ZipFile } from 'yauzl';

/** What came of looking for a file in a zip. */
export type ZipReading =
  | { found: 'yes'; content: Buffer }
  | { found: 'no'; reason: 'missing' | 'not-a-file' | 'broken' | 'no-entry' }
  | { found: 'too-large' };

const fromFd = promisify(
  (
    fd: number,
    options: yauzl.Options,
    callback: (error: Error | null, zip?: ZipFile) => void,
  ) => yauzl.fromFd(fd, options, callback),
) as (fd: number, options: yauzl.Options) => Promise<ZipFile>;

/** A zip of an artifact has some ten entries; a bomb may have millions. */
const MAX_ENTRIES = 10_000;

/**
 * Reads one file from the root of a zip, and nothing else of it: nothing is
 * unpacked, so paths in the zip lead nowhere. Bytes are counted as they are
 * inflated, whatever the zip's own directory says of them. A symbolic link is
 * refused, because it may lead out of the store.
 */
export async function readZipEntry(
  path: string,
  options: { name: string; maxBytes: number; signal: AbortSignal },
): Promise<ZipReading> {
  options.signal.throwIfAborted();
  let file;
  try {
    file = await open(
      path,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      found: 'no',
      reason: code === 'ENOENT' ? 'missing' : 'not-a-file',
    };
  }
  try {
    if (!(await file.stat()).isFile()) {
      return { found: 'no', reason: 'not-a-file' };
    }
    const zip = await fromFd(file.fd, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
    });
    return await findEntry(zip, options);
  } catch {
    options.signal.throwIfAborted();
    return { found: 'no', reason: 'broken' };
  } finally {
    await file.close();
  }
}

function findEntry(
  zip: ZipFile,
  options: { name: string; maxBytes: number },
): Promise<ZipReading> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    zip.on('error', reject);
    zip.on('end', () => resolve({ found: 'no', reason: 'no-entry' }));
    zip.on('entry', (entry: Entry) => {
      seen += 1;
      if (entry.fileName === options.name) {
        inflate(zip, entry, options.maxBytes).then(resolve, reject);
      } else if (seen > MAX_ENTRIES) {
        resolve({ found: 'no', reason: 'no-entry' });
      } else {
        zip.readEntry();
      }
    });
    zip.readEntry();
  });
}

function inflate(
  zip: ZipFile,
  entry: Entry,
  maxBytes: number,
): Promise<ZipReading> {
  if (entry.uncompressedSize > maxBytes) {
    return Promise.resolve({ found: 'too-large' });
  }
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(error);
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('error', reject);
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) {
          stream.destroy();
          resolve({ found: 'too-large' });
        } else {
          chunks.push(chunk);
        }
      });
      stream.on('end', () =>
        resolve({ found: 'yes', content: Buffer.concat(chunks) }),
      );
    });
  });
}
