import { dirname } from 'node:path/posix';
import {
  Layout,
  Mirror,
  parseTree,
} from '@ground-control/backstage-plugin-ground-control-node';
import { POLICY_FILE } from '../../policies/file';

const MAX_COMMIT = 1024 * 1024;
const MAX_TREE = 32 * 1024 * 1024;
const TREE = /^tree ([0-9a-f]{40,64})\n/;

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
  const commit = await objects.read(revision, { maxBytes: MAX_COMMIT, signal });
  const tree =
    commit.found === 'yes' &&
    TREE.exec(commit.content.toString('latin1', 0, 80))?.[1];
  if (!tree) return undefined;
  const root = await objects.read(tree, { maxBytes: MAX_TREE, signal });
  if (root.found !== 'yes') return undefined;
  const [folder] = dirname(layout.formatPolicyPath('x')).split('/');
  return parseTree(root.content, tree.length / 2)
    ?.filter(({ name }) => name === POLICY_FILE || name === folder)
    .map(({ name, id }) => `${name} ${id}`)
    .join('\n');
}
