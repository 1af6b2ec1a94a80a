import { runGit } from '../git/runGit.ts';
import { readTip } from '../git/appendCommits.ts';
import { parseGatewayEntries } from '../gatewayEntries/gatewayEntriesFile.ts';
import { ENTRIES_PATH } from '../gatewayEntries/types.ts';
import type { OpenWorld } from './types.ts';

const RELEASED = /^([^/]+)\/releases\/[^/]+\/([^/]+)\/artifact\.json$/;

/**
 * Others push releases too. What they released is what runs: the simulation
 * has to know it, or it would promote and roll back what isn't there.
 */
export async function noteOtherWriters(world: OpenWorld): Promise<void> {
  const tip = await readTip(world.repositoryPath);
  if (!tip || tip === world.tip) {
    return;
  }
  const changed = await runGit(world.repositoryPath, [
    'diff-tree',
    '-r',
    '-z',
    '--name-only',
    '--diff-filter=AM',
    world.tip,
    tip,
    '--',
    // A rewritten history may have lost what we saw last: then nothing is known.
  ]).catch(() => '');
  for (const path of changed.split('\0')) {
    if (path === ENTRIES_PATH) {
      const text = await runGit(world.repositoryPath, [
        'show',
        `${tip}:${path}`,
      ]);
      world.context.state.gateway = parseGatewayEntries(text) ?? null;
      continue;
    }
    const [, environment, name] = RELEASED.exec(path) ?? [];
    const own = world.context.state.services[name];
    if (!own) {
      continue;
    }
    const text = await runGit(world.repositoryPath, ['show', `${tip}:${path}`]);
    const id = /^ {2}"id": "([^"\\]+)"/m.exec(text)?.[1];
    const left = own.current[environment];
    if (id && id !== left) {
      own.earlier[environment] = [
        ...(left ? [left] : []),
        ...(own.earlier[environment] ?? []),
      ].slice(0, 4);
      own.current[environment] = id;
    }
  }
  world.tip = tip;
}
