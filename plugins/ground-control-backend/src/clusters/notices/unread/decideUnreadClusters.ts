import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import { isDeepStrictEqual } from 'node:util';
import { ReadCluster, UnreadNotice, UnreadStep } from './types';

export interface UnreadFacts {
  /** What was noted before. */
  notices: UnreadNotice[];
  /** All that are configured. */
  clusters: ReadCluster[];
  now: number;
  /** What passes sooner isn't told; and it is over when it was so for as long. */
  unreadMs: number;
}

function decideRead(
  before: UnreadNotice,
  { now, unreadMs }: UnreadFacts,
): UnreadStep {
  if (before.toldAt === undefined) return { before };
  const overSince = before.overSince ?? now;
  return now - overSince >= unreadMs
    ? { before, tell: 'over' }
    : { before, after: { ...before, overSince } };
}

/**
 * On the way to being read, as after a restart of ours: it doesn't say yet
 * whether it can be. One that doesn't get on says it.
 */
const ON_ITS_WAY: ReadonlySet<ClusterConnectionState> = new Set([
  'starting',
  'syncing',
]);

function decideUnread(
  before: UnreadNotice | undefined,
  { cluster, connection, since }: ReadCluster,
  { now, unreadMs }: UnreadFacts,
): UnreadStep {
  const { overSince, ...kept } = before ?? {
    cluster,
    since: Math.min(since, now),
    notedAt: now,
    overSince: undefined,
  };
  const isDue =
    kept.toldAt === undefined &&
    now - kept.notedAt >= unreadMs &&
    (!ON_ITS_WAY.has(connection) || now - since >= unreadMs);
  return isDue
    ? { before, after: { ...kept, toldAt: now }, tell: 'begun' }
    : { before, after: kept };
}

/**
 * Decides what platform engineers are told of clusters that can't be read: once
 * when it has lasted, whatever the reasons were, and once when it has been over
 * for as long. A cluster that is bootstrapped anew, or is no longer configured,
 * ends it without a word.
 *
 * @returns only what differs from what was noted
 */
export function decideUnreadClusters(facts: UnreadFacts): UnreadStep[] {
  const notices = new Map(facts.notices.map(one => [one.cluster, one]));
  const steps: UnreadStep[] = [];
  for (const cluster of facts.clusters) {
    const before = notices.get(cluster.cluster);
    notices.delete(cluster.cluster);
    if (cluster.isRecovering) steps.push({ before });
    else if (cluster.connection !== 'live') {
      steps.push({ ...decideUnread(before, cluster, facts), cluster });
    } else if (before) steps.push({ ...decideRead(before, facts), cluster });
  }
  for (const before of notices.values()) steps.push({ before });
  return steps.filter(({ before, after }) => !isDeepStrictEqual(before, after));
}
