import { BlobReader } from '@ground-control/backstage-plugin-ground-control-node';

const MAX_COMMIT = 1024 * 1024;
const TREE = /^tree ([0-9a-f]{40,64})\n/;

/**
 * Reads which git tree is a commit's.
 *
 * @returns undefined where there is no such commit here
 */
export async function readRootTree(
  objects: Pick<BlobReader, 'read'>,
  revision: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const object = await objects.read(revision, {
    maxBytes: MAX_COMMIT,
    signal,
  });
  return object.found === 'yes' && object.type === 'commit'
    ? TREE.exec(object.content.toString('latin1', 0, 80))?.[1]
    : undefined;
}
