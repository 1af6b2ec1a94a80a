import { ChangedBuild } from '../requests/reading/buildChanges';
import { decideIncludes } from '../requests/reading/decideIncludes';

/** A build, and what a source history tells of its commit. */
export interface PlacedBuild extends ChangedBuild {
  /** The first build that contains the commit; absent without a source history. */
  firstIn?: ChangedBuild;
}

/** What is looked for: a build, or a commit by the first build that contains it. */
export interface Sought {
  build: PlacedBuild;
  /** The commit itself, where the build is of another. */
  commit?: string;
}

/**
 * `inferred` where only the order of the main branch's builds says so. CI may
 * end its builds in another order than that of their commits, so only a source
 * history is sure of it.
 */
export type Holding = 'certain' | 'inferred';

/** Decides whether a build holds what is looked for; undefined where it doesn't, or nobody knows. */
export function decideHolds(
  build: PlacedBuild,
  sought: Sought,
  mainBranch: string,
): Holding | undefined {
  const first = sought.build.firstIn;
  const isNamed =
    build.artifactId === sought.build.artifactId ||
    build.artifactId === first?.artifactId;
  const isOfCommit =
    build.commit !== undefined &&
    (build.commit === sought.commit || build.commit === sought.build.commit);
  if (isNamed || isOfCommit) return 'certain';
  if (!first || !build.firstIn) {
    return decideIncludes(build, first ?? sought.build, mainBranch)
      ? 'inferred'
      : undefined;
  }
  // A branch may have left the main one before the commit came.
  if (build.branch !== mainBranch) return undefined;
  const cameTogether = build.firstIn.artifactId === first.artifactId;
  // Which of the commits that came together are older isn't told.
  if (cameTogether && build.commit !== first.commit) return undefined;
  return decideIncludes(build.firstIn, first, mainBranch)
    ? 'certain'
    : undefined;
}
