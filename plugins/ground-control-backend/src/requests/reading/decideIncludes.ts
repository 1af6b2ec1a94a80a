import { ChangedBuild, findSpan, isSpan } from './buildChanges';

/**
 * Decides whether a build brings all that another would have brought. The main
 * branch alone grows by adding to it, so only of its builds the order tells.
 *
 * @returns undefined where that isn't known
 */
export function decideIncludes(
  build: ChangedBuild | undefined,
  other: ChangedBuild | undefined,
  mainBranch: string,
): boolean | undefined {
  if (!build || !other) return undefined;
  if (build.artifactId === other.artifactId) return true;
  const found = findSpan('', build, other);
  if (isSpan(found)) {
    return found.branch === mainBranch ? found.undoes : undefined;
  }
  return found.kind === 'commits' ? true : undefined;
}
