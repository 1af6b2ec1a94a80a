import { AutoReleaseDecision, AutoReleasePlace, NewBuild } from './types';

/** A build that comes later into the store than this is old, and not news. */
const NEW_FOR_MS = 24 * 60 * 60_000;

/** Why a build isn't news; undefined where it is. */
function findOld({ builtAt }: NewBuild, now: number): string | undefined {
  if (builtAt === null) {
    return 'it doesn’t say when it was built (ci.end), and nobody saw when it came into the store';
  }
  return now - builtAt > NEW_FOR_MS ? 'it is older than 24 hours' : undefined;
}

/**
 * Decides whether a build is released to an environment by itself: it is of
 * the branch that is, it is new, and it isn't older than what is there, which
 * somebody may have released by hand.
 *
 * @param newest - no later build of the branch is known
 */
export function decideAutoRelease(
  build: NewBuild,
  place: AutoReleasePlace,
  options: { now: number; newest: boolean },
): AutoReleaseDecision {
  const { branch, current } = place;
  const { builtAt } = build;
  const leave = { kind: 'leave' } as const;
  if (branch === undefined || branch !== build.branch) return leave;
  if (!options.newest || place.asked) return leave;
  if (current?.artifactId === build.artifactId) return leave;
  const why = findOld(build, options.now);
  if (why !== undefined) return { kind: 'leave', why };
  if (current && (current.builtAt ?? 0) > (builtAt ?? 0)) {
    return { kind: 'leave', why: 'what is there was built later' };
  }
  return place.personAsks ? { kind: 'later' } : { kind: 'ask', branch };
}
