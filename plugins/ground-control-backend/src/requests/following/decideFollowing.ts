import { decideCluster } from './decideCluster';
import { decideNews } from './decideNews';
import { listClusters, nameClusters } from './listClusters';
import { FollowDecision, FollowedCluster, FollowFacts } from './types';

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
      message: `It was failing when ${what}. ${listClusters(failing)}`,
    };
  }
  const missing = clusters.filter(({ state }) => state !== 'running');
  return {
    type: 'succeed',
    code: 'replaced',
    message: `Before it ran everywhere, ${what}. It was not seen to run in ${nameClusters(
      missing,
    )}`,
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
    const untold = clusters.filter(({ reason }) => reason);
    return {
      type: 'succeed',
      code: 'running',
      message: [
        `It runs in ${nameClusters(clusters)}`,
        ...(untold.length > 0 ? [listClusters(untold)] : []),
      ].join('. '),
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
      message: `It fails in ${listClusters(failed)}`,
    };
  }
  const deadline = request.deadline_at ?? request.since + facts.deadlineMs;
  if (now < deadline) return undefined;
  if (!release) return decideGone(facts);
  return {
    type: 'fail',
    code: 'deadline',
    message: `In time it did not come to run in ${listClusters(missing)}`,
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
  const end = decideEnd(facts, clusters);
  return { ...decideNews(clusters, facts.before), ...(end && { end }) };
}
