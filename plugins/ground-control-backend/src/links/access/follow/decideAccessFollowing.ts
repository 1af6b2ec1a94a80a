import { cleanText } from '../../../lib/cleanText';
import { decideNews } from '../../../requests/following/decideNews';
import {
  listClusters,
  nameClusters,
} from '../../../requests/following/listClusters';
import {
  FollowDecision,
  FollowedCluster,
} from '../../../requests/following/types';
import { decideAdded } from './decideAdded';
import { decideRemoved } from './decideRemoved';
import { UNMEASURED } from './sayPart';
import { AccessFollowFacts, CallerStanding } from './types';

const LONGEST_REASON = 500;

/** A cluster that a request is about, and how the entry stands for it now. */
interface Caller {
  followed: FollowedCluster;
  standing: CallerStanding;
}

/** Those that are watched: of others nobody will ever know. */
function findCallers({ wish, facts }: AccessFollowFacts): string[] {
  const isWatched = (name: string) => facts.heard(name) !== undefined;
  // All of it is looked at where the entry lies, too.
  if (!isWatched(wish.cluster)) return [];
  const callers = wish.from.length > 0 ? wish.from : [wish.cluster];
  return [...new Set(callers)].filter(isWatched);
}

/** All that can be known of it: what is noted says so by its reason alone. */
function isUnmeasured({ state, reason }: FollowedCluster): boolean {
  return state === 'arrived' && reason === UNMEASURED;
}

/**
 * That it answered once, or was gone, stays, whatever comes later, unless the
 * mesh says that it fails: a cluster that falls silent takes nothing back, and
 * so of one whose link isn't measured.
 */
function decideCaller(all: AccessFollowFacts, cluster: string): Caller {
  const { wish, subject, facts, now } = all;
  const decide = wish.change === 'add' ? decideAdded : decideRemoved;
  const standing = decide(wish, { subject, facts, from: cluster });
  const before = all.before.find(one => one.cluster === cluster);
  let state = standing.state ?? before?.state ?? 'waiting';
  if (before?.state === 'running' && state !== 'failed') state = 'running';
  const isSilent = standing.state === undefined;
  const reason =
    isSilent && before && isUnmeasured(before) ? UNMEASURED : standing.reason;
  const followed: FollowedCluster = {
    cluster,
    state,
    ...(state !== 'running' &&
      reason !== undefined && { reason: cleanText(reason, LONGEST_REASON) }),
    since: before?.state === state ? before.since : now,
  };
  return { followed, standing };
}

function decideDone(
  { wish }: AccessFollowFacts,
  callers: Caller[],
): FollowDecision['end'] {
  const names = nameClusters(callers.map(({ followed }) => followed));
  if (wish.change === 'remove') {
    return { type: 'succeed', code: 'gone', message: `It is gone: ${names}` };
  }
  if (wish.from.length === 0) {
    return {
      type: 'succeed',
      code: 'ingress-there',
      message: `Its Ingress and its certificate are there, at ${names}`,
    };
  }
  const unwell = callers.filter(({ standing }) => standing.isUnwell);
  const but =
    unwell.length > 0
      ? `; over a link that isn’t well: ${nameClusters(
          unwell.map(({ followed }) => followed),
        )}`
      : '';
  const unmeasured = callers
    .map(({ followed }) => followed)
    .filter(isUnmeasured);
  return unmeasured.length > 0
    ? {
        type: 'succeed',
        code: 'mirrored-unmeasured',
        message: `It is mirrored in ${names}. Whether it answers isn’t known, as nothing measures the link from ${nameClusters(
          unmeasured,
        )}${but}`,
      }
    : {
        type: 'succeed',
        code: 'answers',
        message: `It can be called from ${names}${but}`,
      };
}

/** The end of a request whose entry somebody has changed back since. */
function decideReplaced(
  { wish }: AccessFollowFacts,
  unseen: FollowedCluster[],
): FollowDecision['end'] {
  const names = nameClusters(unseen);
  return {
    type: 'succeed',
    code: 'replaced',
    message:
      wish.change === 'add'
        ? `Before it answered everywhere, a later commit changed the entry or took it out. It was not seen to answer in ${names}`
        : `Before it was gone everywhere, a later commit declared the entry again. It was not seen to go from ${names}`,
  };
}

function decideEnd(
  all: AccessFollowFacts,
  callers: Caller[],
): FollowDecision['end'] {
  const { request, wish, commit, file, now } = all;
  const isAdded = wish.change === 'add';
  // After a rewritten history the file may say the same by another commit.
  const isThere = commit === 'on-branch' || file === 'as-asked';
  if (isThere && callers.length === 0) {
    return {
      type: 'succeed',
      code: 'no-clusters',
      message: `No cluster that it is about is watched, so nothing tells whether ${
        isAdded ? 'it answers' : 'it is gone'
      }`,
    };
  }
  const unseen = callers
    .map(({ followed }) => followed)
    .filter(({ state }) => state !== 'running');
  const missing = unseen.filter(one => !isUnmeasured(one));
  if (isThere && missing.length === 0) return decideDone(all, callers);
  if (isThere && file === 'otherwise') return decideReplaced(all, unseen);
  const deadline = request.deadline_at ?? request.since + all.deadlineMs;
  if (now < deadline) return undefined;
  if (isThere) {
    return {
      type: 'fail',
      code: 'deadline',
      message: `In time it did not ${
        isAdded ? 'come to answer' : 'go'
      }. ${listClusters(missing)}`,
    };
  }
  return commit === 'lost'
    ? {
        type: 'fail',
        code: 'not-on-branch',
        message: `Its commit ${request.revision.slice(
          0,
          10,
        )} is no longer on the branch, whose history was rewritten`,
      }
    : undefined;
}

/**
 * Decides how far a committed request for access is: how the entry stands for
 * each cluster that is to call it, what that is news of, and whether it ends.
 *
 * It succeeds when it answers everywhere (`answers`), or is mirrored everywhere
 * and nothing measures a link (`mirrored-unmeasured`), when what is called from
 * outside has its Ingress and certificate (`ingress-there`), when it was gone
 * everywhere (`gone`), when no cluster that it is about is watched (
 * `no-clusters`), or when somebody changed the entry back before (`replaced`).
 * It fails when time is up (`deadline`), also where its commit isn't on the
 * branch any more (`not-on-branch`).
 */
export function decideAccessFollowing(all: AccessFollowFacts): FollowDecision {
  const callers = findCallers(all).map(cluster => decideCaller(all, cluster));
  const clusters = callers.map(({ followed }) => followed);
  const end = decideEnd(all, callers);
  return { ...decideNews(clusters, all.before), ...(end && { end }) };
}
