import { LinkSource } from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterRow, SourceRow } from '../store/types';

/** However often a source is read, it may miss a turn. */
const LEAST_STALE_MS = 90_000;
const MOST_MISSED = 3;

const WHY_STALE =
  'Nothing was heard of what measures from there for some time, for no known reason. Is the backend that reads it running?';
const WHY_NEVER = 'It was never heard of';
const WHY_SILENT = 'It is read, and says nothing of this cluster any more';

/** How long ago a source may have been heard of. */
export function staleAfter(intervalMs: number): number {
  return Math.max(MOST_MISSED * intervalMs, LEAST_STALE_MS);
}

/** How a source is heard of, and whether its links are stale. */
export interface HeardSource extends LinkSource {
  /** What it said last may no longer be so. */
  isStale: boolean;
  /** Since when its links are stale; null while they aren't. */
  staleSince: number | null;
}

/**
 * How what measures from a cluster is heard of. One that failed just now is
 * said to fail at once; its links are stale when that goes on.
 */
export function decideSource(
  cluster: Pick<ClusterRow, 'heard_at'>,
  source: Pick<SourceRow, 'state' | 'reason' | 'interval_ms' | 'since'>,
  now: number,
): HeardSource {
  const heardAt = cluster.heard_at === null ? null : Number(cluster.heard_at);
  const limit = staleAfter(source.interval_ms);
  const isStale = heardAt === null || now - heardAt > limit;
  const staleSince = isStale ? heardAt ?? Number(source.since) : null;
  const sampledAt = heardAt === null ? null : new Date(heardAt).toISOString();
  const heard = { isStale, staleSince, sampledAt };
  const { state } = source;
  if (state !== 'fresh' && state !== 'starting') {
    return { ...heard, state, reason: source.reason };
  }
  if (!isStale) return { ...heard, state: 'fresh', reason: null };
  if (heardAt === null) return { ...heard, state: 'stale', reason: WHY_NEVER };
  // It was read later than this cluster was heard of in what it said.
  const isSilent = state === 'fresh' && Number(source.since) < heardAt;
  return {
    ...heard,
    state: 'stale',
    reason: isSilent ? WHY_SILENT : WHY_STALE,
  };
}
