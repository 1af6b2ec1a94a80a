import { isDeepStrictEqual } from 'node:util';
import { decideCluster } from './decideCluster';
import {
  ClusterStep,
  FollowDecision,
  FollowedCluster,
  FollowFacts,
} from './types';

/** Of what a request fails with; a whole environment can be long. */
const LONGEST_MESSAGE = 1_000;

function list(clusters: FollowedCluster[], join = '; '): string {
  return clusters
    .map(({ cluster, reason }) => (reason ? `${cluster}: ${reason}` : cluster))
    .join(join)
    .slice(0, LONGEST_MESSAGE)
    .toWellFormed();
}

function decideStep(
  after: FollowedCluster,
  before: FollowedCluster | undefined,
): ClusterStep[] {
  const { cluster, reason } = after;
  if (after.state === before?.state) return [];
  switch (after.state) {
    case 'running':
      return [{ code: 'cluster-running', cluster }];
    case 'failed':
      return [{ code: 'cluster-failed', cluster, message: reason }];
    case 'arrived':
      return before && before.state !== 'waiting'
        ? []
        : [{ code: 'cluster-arrived', cluster }];
    default:
      return [];
  }
}

/** What a cluster says now; one that isn't heard of says nothing. */
function isFailing({ state, service }: FollowedCluster): boolean {
  return state === 'failed' && service === 'failed';
}

/**
 * The end of a request whose place another release took. That isn't a failure:
 * its commit was there to be run, and somebody wanted something else. Unless it
 * was failing: then that is why, and it counts as what it was.
 */
function decideReplaced(
  facts: FollowFacts,
  clusters: FollowedCluster[],
): FollowDecision['end'] {
  const { removed } = facts.replacedBy!;
  const what = removed
    ? 'the service was removed from the environment'
    : 'a later release took its place';
  const failing = clusters.filter(isFailing);
  if (failing.length > 0) {
    return {
      type: 'fail',
      code: 'failed-and-replaced',
      message: `It was failing when ${what}. ${list(failing)}`,
    };
  }
  const missing = clusters.filter(({ state }) => state !== 'running');
  return {
    type: 'succeed',
    code: 'replaced',
    message: `Before it ran everywhere, ${what}. It was not seen to run in ${missing
      .map(({ cluster }) => cluster)
      .join(', ')
      .slice(0, LONGEST_MESSAGE)}`,
  };
}

/** The end of a request whose release isn't on the branch. */
function decideGone({ request, commit }: FollowFacts): FollowDecision['end'] {
  const revision = request.revision.slice(0, 10);
  const messages = {
    'on-branch': `Commit ${revision}, by which the branch has it, releases nothing of ${request.service} in ${request.environment}: a merge left it out`,
    lost: `Its commit ${revision} is no longer on the branch, whose history was rewritten`,
    unknown: undefined,
  };
  const message = messages[commit];
  return message === undefined
    ? undefined
    : { type: 'fail', code: 'not-on-branch', message };
}

function decideEnd(
  facts: FollowFacts,
  clusters: FollowedCluster[],
): FollowDecision['end'] {
  const { request, release, replacedBy, now, failAfterMs } = facts;
  const { environment } = request;
  if (release && clusters.length === 0) {
    return {
      type: 'succeed',
      code: 'no-clusters',
      message: `No cluster carries ${environment}, so nothing tells whether it runs`,
    };
  }
  const missing = clusters.filter(({ state }) => state !== 'running');
  if (release && missing.length === 0) {
    return {
      type: 'succeed',
      code: 'running',
      message: `It runs in ${clusters
        .map(({ cluster }) => cluster)
        .join(', ')
        .slice(0, LONGEST_MESSAGE)}`,
    };
  }
  if (release && replacedBy) return decideReplaced(facts, clusters);
  const failed = clusters.filter(
    one => isFailing(one) && now - one.since >= failAfterMs,
  );
  if (failed.length > 0) {
    return {
      type: 'fail',
      code: 'cluster-failed',
      message: `It fails in ${list(failed)}`,
    };
  }
  const deadline = request.deadline_at ?? request.since + facts.deadlineMs;
  if (now < deadline) return undefined;
  if (!release) return decideGone(facts);
  return {
    type: 'fail',
    code: 'deadline',
    message: `In time it did not come to run in ${list(missing)}`,
  };
}

/**
 * Decides how far a committed request is: what each cluster of its environment
 * has, what that is news of, and whether it ends.
 *
 * It succeeds when every cluster ran it (`running`), when there is none to run
 * it (`no-clusters`), or when a later release took its place before (
 * `replaced`). It fails when a cluster says for a while that it fails (
 * `cluster-failed`), when it was replaced while one did (`failed-and-replaced`),
 * or when time is up (`deadline`, `not-on-branch`).
 */
export function decideFollowing(facts: FollowFacts): FollowDecision {
  const clusters = facts.clusters.map(one => decideCluster(facts, one));
  const beforeOf = new Map(facts.before.map(one => [one.cluster, one]));
  const end = decideEnd(facts, clusters);
  return {
    clusters,
    changed:
      !isDeepStrictEqual(
        clusters,
        clusters.flatMap(({ cluster }) => beforeOf.get(cluster) ?? []),
      ) || clusters.length !== facts.before.length,
    steps: clusters.flatMap(one => decideStep(one, beforeOf.get(one.cluster))),
    ...(end && { end }),
  };
}
