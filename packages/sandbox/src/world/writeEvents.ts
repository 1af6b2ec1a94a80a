import { renderRelease } from '../render/renderRelease.ts';
import type { Commit, WorldEvent } from '../simulation/types.ts';
import type { SourceJournal } from '../source/SourceJournal.ts';
import type { ArtifactStore } from '../store/ArtifactStore.ts';
import type { WorldCounts } from './types.ts';

export function noCounts(): WorldCounts {
  return {
    commits: 0,
    builds: 0,
    releases: 0,
    releasesByEnvironment: {},
    rollbacks: 0,
  };
}

function count(counts: WorldCounts, event: WorldEvent): void {
  if (event.type === 'build') {
    counts.builds += 1;
    return;
  }
  counts.commits += 1;
  if (event.type === 'release') {
    const { environment, intent } = event;
    counts.releases += 1;
    counts.releasesByEnvironment[environment] =
      (counts.releasesByEnvironment[environment] ?? 0) + 1;
    counts.rollbacks += intent.type === 'Rollback' ? 1 : 0;
  }
}

/**
 * Turns one event into bytes: a build goes to its service's own repository and
 * to the store, if there is one; everything else becomes a commit.
 */
export function writeEvent(
  event: WorldEvent,
  counts: WorldCounts,
  store: ArtifactStore | undefined,
  source: SourceJournal,
): Commit | undefined {
  count(counts, event);
  switch (event.type) {
    case 'build':
      source.add(event);
      store?.add(event.service, event.build);
      return undefined;
    case 'release':
      return renderRelease(event);
    default:
      return event.commit;
  }
}
