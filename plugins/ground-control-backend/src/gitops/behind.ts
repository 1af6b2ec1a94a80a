/** What is known of a build, as far as counting builds needs it. */
export interface Build {
  branch: string | null;
  builtAt: number | null;
}

/**
 * How many builds an environment is behind the one before it: those of the
 * same branch that were built after its own artifact and not after the other's.
 * Null where that can't be told: nothing released, another branch, or no time
 * of build. An environment that is ahead is 0 behind.
 */
export function countBehind(
  builds: Build[],
  own: (Build & { artifactId: string }) | undefined,
  before: (Build & { artifactId: string }) | undefined,
): number | null {
  if (!own || !before) return null;
  if (own.artifactId === before.artifactId) return 0;
  if (own.branch === null || own.branch !== before.branch) return null;
  if (own.builtAt === null || before.builtAt === null) return null;
  const [after, until] = [own.builtAt, before.builtAt];
  return builds.filter(
    build =>
      build.branch === own.branch &&
      build.builtAt !== null &&
      build.builtAt > after &&
      build.builtAt <= until,
  ).length;
}
