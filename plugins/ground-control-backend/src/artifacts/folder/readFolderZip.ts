import { constants } from 'node:fs';
import { FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import yauzl, { Options, ZipFile } from 'yauzl';
import { ZIP_OPTIONS } from '../zip/readBufferZip';
import { ZipFault } from '../zip/types';

const fromFd = promisify(
  (
    fd: number,
    options: Options,
    callback: (error: Error | null, zip: ZipFile) => void,
  ) => yauzl.fromFd(fd, options, callback),
) as (fd: number, options: Options) => Promise<ZipFile>;

/** A symbolic link is refused, because it may lead out of the store. */
async function openFile(path: string): Promise<FileHandle | ZipFault> {
  try {
    return await open(
      path,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'missing' : 'not-a-file';
  }
}

/** Reads from a zip of a folder; what is thrown in doing so makes it a broken one. */
export async function readFolderZip<T>(
  path: string,
  read: (zip: ZipFile) => Promise<T | ZipFault>,
  signal?: AbortSignal,
): Promise<T | ZipFault> {
  signal?.throwIfAborted();
  const file = await openFile(path);
  if (typeof file === 'string') return file;
  try {
    if (!(await file.stat()).isFile()) return 'not-a-file';
    const zip = await fromFd(file.fd, ZIP_OPTIONS);
    return await read(zip);
  } catch {
    signal?.throwIfAborted();
    return 'broken';
  } finally {
    await file.close();
  }
}
