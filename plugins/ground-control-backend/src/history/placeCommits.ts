import { SourceCommit } from '@ground-control/backstage-plugin-ground-control-node';
import { Build } from './types';

/** In the order in which builds may claim a commit. */
function compareBuilds(mainBranch: string) {
  return (a: Build, b: Build) =>
    Number(b.branch === mainBranch) - Number(a.branch === mainBranch) ||
    a.builtAt - b.builtAt ||
    (a.artifactId < b.artifactId ? -1 : 1);
}

/**
 * Finds for each commit the first build that contains it: the first of the
 * main branch where there is one, because what was built on a branch of its
 * own before the merge hardly ever is what goes on to production.
 *
 * @param commits - those that the builds reach; parents may be missing
 * @returns artifact ids by commit; what no build reaches isn't in it
 */
export function placeCommits(
  builds: Build[],
  commits: Pick<SourceCommit, 'commit' | 'parents'>[],
  mainBranch: string,
): Map<string, string> {
  const parentsOf = new Map(commits.map(one => [one.commit, one.parents]));
  const placed = new Map<string, string>();
  for (const build of [...builds].sort(compareBuilds(mainBranch))) {
    const waiting = [build.commit];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const parents = parentsOf.get(id);
      // What is placed was placed with all that it reaches.
      if (!parents || placed.has(id)) continue;
      placed.set(id, build.artifactId);
      waiting.push(...parents);
    }
  }
  return placed;
}
