import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { buildCompany } from '../company/buildCompany.ts';
import { SIGN_IN_PEOPLE } from '../catalog/signInPeople.ts';
import { writeCatalog } from '../catalog/writeCatalog.ts';
import { CommitStream } from '../git/CommitStream.ts';
import { moveBranch } from '../git/appendCommits.ts';
import { initRepository } from '../git/initRepository.ts';
import { advance } from '../simulation/advance.ts';
import { begin } from '../simulation/begin.ts';
import { beginningOf, createState } from '../simulation/createState.ts';
import { SourceJournal } from '../source/SourceJournal.ts';
import { ArtifactStore } from '../store/ArtifactStore.ts';
import { completeOptions } from './options.ts';
import type { WorldOptions } from './options.ts';
import type { OpenWorld } from './types.ts';
import { saveWorld } from './worldFile.ts';
import { worldPaths } from './worldPaths.ts';
import { noCounts, writeEvent } from './writeEvents.ts';

const NEXT = 'refs/sandbox/next';
const PROGRESS_EVERY = 500;

export interface CreateWorldOptions extends Partial<WorldOptions> {
  /** The folder to build in; made when it isn't there. */
  dir: string;
  /** Replaces a world that is there already. */
  force?: boolean;
  /** Told now and then: 0 to 1, and the commits so far. */
  onProgress?: (done: number, commits: number) => void;
}

/** Removes what we wrote, and never anything else that lies beside it. */
function removeWorld(dir: string): void {
  const { dir: _, ...ours } = worldPaths(dir);
  // First what says that the world is whole.
  rmSync(ours.worldFilePath, { force: true });
  for (const path of Object.values(ours)) {
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Builds a world from nothing. The same options give the same commits and
 * bytes. Throws when there is one already and `force` isn't set.
 */
export async function createWorld(
  given: CreateWorldOptions,
): Promise<OpenWorld> {
  const { dir, force, onProgress, ...size } = given;
  const options = completeOptions(size, Date.now() / 1000);
  const paths = worldPaths(dir);
  if (!force && existsSync(paths.worldFilePath)) {
    throw new Error(
      `There is a world in ${paths.dir} already; --force builds it anew`,
    );
  }
  removeWorld(dir);
  mkdirSync(paths.artifactsPath, { recursive: true });
  const company = buildCompany(options);
  writeCatalog(company, paths.catalogPath);
  writeFileSync(
    paths.peoplePath,
    `${JSON.stringify(SIGN_IN_PEOPLE, null, 2)}\n`,
  );
  await initRepository(paths.repositoryPath);

  const context = createState(company, options);
  const counts = noCounts();
  const store = options.artifacts
    ? new ArtifactStore(paths.artifactsPath)
    : undefined;
  const source = new SourceJournal(paths.sourcePath);
  const stream = new CommitStream(paths.repositoryPath, NEXT, []);
  const beginning = beginningOf(options);
  for (const events of [begin(context), advance(context, options.end)]) {
    for (const event of events) {
      const commit = writeEvent(event, counts, store, source);
      await store?.room();
      if (commit) {
        await stream.add(commit);
        if (counts.commits % PROGRESS_EVERY === 0) {
          onProgress?.(
            (event.at - beginning) / (options.end - beginning),
            counts.commits,
          );
        }
      }
    }
  }
  await store?.finish();
  source.finish();
  await stream.finish();
  const tip = await moveBranch(paths.repositoryPath, NEXT, undefined);
  const world: OpenWorld = { ...paths, options, counts, tip, context };
  saveWorld(world);
  return world;
}
