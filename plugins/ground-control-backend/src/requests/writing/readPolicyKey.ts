import { dirname } from 'node:path/posix';
import {
  Layout,
  Mirror,
  parseTree,
} from '@ground-control/backstage-plugin-ground-control-node';
import { readRootTree } from '../../gitops/readRootTree';
import { POLICY_FILE } from '../../policies/file';

const MAX_TREE = 32 * 1024 * 1024;

/**
 * Names the policies at a commit by their objects: the same key is the same
 * policies, byte for byte.
 *
 * @returns undefined where they can't be told, which is the same as nothing
 */
export async function readPolicyKey(
  { mirror, layout }: { mirror: Pick<Mirror, 'objects'>; layout: Layout },
  revision: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const objects = await mirror.objects();
  const tree = await readRootTree(objects, revision, signal);
  if (tree === undefined) return undefined;
  const root = await objects.read(tree, { maxBytes: MAX_TREE, signal });
  if (root.found !== 'yes') return undefined;
  const [folder] = dirname(layout.formatPolicyPath('x')).split('/');
  return parseTree(root.content, tree.length / 2)
    ?.filter(({ name }) => name === POLICY_FILE || name === folder)
    .map(({ name, id }) => `${name} ${id}`)
    .join('\n');
}
