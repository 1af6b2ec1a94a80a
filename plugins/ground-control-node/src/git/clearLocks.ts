import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes what a killed git left behind: lock files, which would stop every
 * later fetch, and unfinished packs. The folder is this process's own, and no
 * git of it runs when this is called.
 */
export async function clearLocks(gitDir: string): Promise<void> {
  const remove = (path: string) => rm(path, { force: true });
  const entries = await readdir(gitDir).catch(() => [] as string[]);
  for (const name of entries) {
    if (name.endsWith('.lock') || name.startsWith('fast_import_crash_')) {
      await remove(join(gitDir, name));
    }
  }
  const refs = await readdir(join(gitDir, 'refs'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  for (const entry of refs) {
    if (entry.isFile() && entry.name.endsWith('.lock')) {
      await remove(join(entry.parentPath, entry.name));
    }
  }
  const objects = await readdir(join(gitDir, 'objects'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  for (const entry of objects) {
    if (entry.isFile() && /^\.?tmp[_-]|\.lock$/.test(entry.name)) {
      await remove(join(entry.parentPath, entry.name));
    }
  }
}
