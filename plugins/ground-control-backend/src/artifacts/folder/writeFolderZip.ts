import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactKey } from '@ground-control/backstage-plugin-ground-control-node';

/**
 * Puts a zip into a store's folder, unless there is one of that name. Whoever
 * lists the store never meets half a zip, and of two that write at once one
 * wins.
 *
 * @returns whether it was put there
 */
export async function writeFolderZip(
  folder: string,
  { service, artifactId }: ArtifactKey,
  zip: Buffer,
  signal?: AbortSignal,
): Promise<boolean> {
  const partial = join(folder, `.partial-${randomUUID()}`);
  await mkdir(join(folder, service), { recursive: true });
  try {
    const file = await open(partial, 'wx', 0o644);
    try {
      await file.writeFile(zip, { signal });
      // It is told to be kept: a machine that loses power must have it.
      await file.sync();
    } finally {
      await file.close();
    }
    await link(partial, join(folder, service, artifactId));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(partial, { force: true });
  }
}
