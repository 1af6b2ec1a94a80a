import { appendCommits } from '../git/appendCommits.ts';
import { advance } from '../simulation/advance.ts';
import type { Commit, WorldEvent } from '../simulation/types.ts';
import { SourceJournal } from '../source/SourceJournal.ts';
import { ArtifactStore } from '../store/ArtifactStore.ts';
import type { OpenWorld, World } from './types.ts';
import { readWorld, saveWorld } from './worldFile.ts';
import { noteOtherWriters } from './noteOtherWriters.ts';
import { writeEvent } from './writeEvents.ts';

/** Commits of one go; a long catch-up is appended in several. */
const BATCH = 1000;

/**
 * Writes events into a world, artifacts first, and saves it. Gives how many
 * commits were appended.
 */
export async function writeEvents(
  world: OpenWorld,
  events: Iterable<WorldEvent>,
): Promise<number> {
  const store = world.options.artifacts
    ? new ArtifactStore(world.artifactsPath)
    : undefined;
  const source = new SourceJournal(world.sourcePath);
  let total = 0;
  let batch: Commit[] = [];
  const append = async () => {
    source.finish();
    await store?.finish();
    world.tip = (await appendCommits(world.repositoryPath, batch)) ?? '';
    total += batch.length;
    batch = [];
  };
  for (const event of events) {
    const commit = writeEvent(event, world.counts, store, source);
    await store?.room();
    if (commit) {
      batch.push(commit);
    }
    if (batch.length >= BATCH) {
      await append();
    }
  }
  await append();
  saveWorld(world);
  return total;
}

/** Opens a world and lets time pass in it; both moments in seconds. */
export async function advanceWorld(
  world: Pick<World, 'dir'>,
  until: number,
): Promise<World> {
  const open = readWorld(world.dir);
  if (!open) {
    throw new Error(`There is no world of this format in ${world.dir}`);
  }
  await noteOtherWriters(open);
  await writeEvents(open, advance(open.context, until));
  return open;
}
