import { writeCatalog } from '../catalog/writeCatalog.ts';
import { advance } from '../simulation/advance.ts';
import { clearTemporaryRefs } from '../git/clearTemporaryRefs.ts';
import { writeEvents } from './advanceWorld.ts';
import { createWorld } from './createWorld.ts';
import type { CreateWorldOptions } from './createWorld.ts';
import { noteOtherWriters } from './noteOtherWriters.ts';
import { completeOptions } from './options.ts';
import type { WorldOptions } from './options.ts';
import type { OpenWorld } from './types.ts';
import { readWorld } from './worldFile.ts';

/** The options whose values differ; the end counts only when it was given. */
export function differences(
  wanted: WorldOptions,
  found: WorldOptions,
  endGiven: boolean,
): (keyof WorldOptions)[] {
  return (Object.keys(wanted) as (keyof WorldOptions)[]).filter(
    name =>
      (name !== 'end' || endGiven) &&
      JSON.stringify(wanted[name]) !== JSON.stringify(found[name]),
  );
}

/**
 * The world in the folder, if it was made with these options, brought up to
 * `now` (seconds); or else a new one.
 */
export async function openOrCreate(
  given: CreateWorldOptions & { catchUp: boolean },
  now: number,
  say: (message: string) => void,
): Promise<OpenWorld> {
  const { catchUp, ...options } = given;
  const { dir, force, onProgress, ...size } = options;
  const found = force ? undefined : readWorld(dir);
  const wanted = completeOptions(size, now);
  const differing = found
    ? differences(wanted, found.options, size.end !== undefined)
    : [];
  if (found && differing.length > 0) {
    say(
      `The world in ${found.dir} was made with other options (${differing.join(
        ', ',
      )}): building it anew`,
    );
  }
  const world =
    found && differing.length === 0
      ? found
      : await createWorld({ ...options, force: true });
  // An older sandbox may have written less of it.
  writeCatalog(world.context.company, world.catalogPath);
  await clearTemporaryRefs(world.repositoryPath);
  await noteOtherWriters(world);
  if (catchUp && world.context.state.at < now) {
    const added = await writeEvents(world, advance(world.context, now));
    if (added > 0) {
      say(`Caught up with the time since the last start: ${added} commits`);
    }
  }
  return world;
}
