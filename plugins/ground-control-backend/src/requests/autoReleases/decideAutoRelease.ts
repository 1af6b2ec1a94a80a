import { AutoReleaseDecision, AutoReleasePlace, NewBuild } from './types';

/** A build that comes later into the store than this is old, and not news. */
const NEW_FOR_MS = 24 * 60 * 60_000;

/** Whether a build is young enough; of one that doesn't say it isn't known. */
export function isNew({ builtAt }: NewBuild, now: number): boolean {
  return builtAt !== null && now - builtAt <= NEW_FOR_MS;
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
  if (builtAt === null || !isNew(build, options.now)) return leave;
  if (!options.newest || place.asked) return leave;
  if (current?.artifactId === build.artifactId) return leave;
  if (current && (current.builtAt ?? 0) > builtAt) return leave;
  return place.personAsks ? { kind: 'later' } : { kind: 'ask', branch };
}
