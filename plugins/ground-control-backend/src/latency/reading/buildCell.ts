import {
  LatencyPercentile,
  LatencyWindow,
  LinkCell,
  LinkCode,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PERCENTILES } from '../histogram/percentiles';
import { parseMedian } from '../store/pairRow';
import { PairRow } from '../store/types';
import { parseWindow } from '../windows/packWindow';
import { HeardSource } from './decideSource';

const STALE_CODES: Record<HeardSource['state'], LinkCode> = {
  fresh: 'source-stale',
  stale: 'source-stale',
  unreachable: 'source-unreachable',
  forbidden: 'source-forbidden',
  failing: 'source-failing',
  none: 'no-source',
};

/** Makes ISO 8601 of milliseconds. */
export type FormatTime = (at: number | string | null) => string | null;

/** Many links were sampled at the same moments: each is formatted once. */
export function createFormatTime(): FormatTime {
  const known = new Map<number | string, string>();
  return at => {
    if (at === null) return null;
    let text = known.get(at);
    if (text === undefined) {
      text = new Date(Number(at)).toISOString();
      known.set(at, text);
    }
    return text;
  };
}

const INDEXES = new Map(PERCENTILES.map(({ name }, i) => [name, i]));

function indexOf(percentile: LatencyPercentile): number {
  return INDEXES.get(percentile) ?? 0;
}

/** A link that there are no samples of. */
export function buildBareCell(
  names: { from: string; to: string },
  options: {
    state: LinkCell['state'];
    code: LinkCode;
    percentile: LatencyPercentile;
  },
): LinkCell {
  const { state, code, percentile } = options;
  return {
    ...names,
    state,
    code,
    since: null,
    valueMs: null,
    approximate: false,
    enough: false,
    needed: PERCENTILES[indexOf(percentile)].needed,
    baselineMs: null,
    loss: null,
    lossAtLeast: false,
    samples: 0,
    sampledAt: null,
    lastSuccessAt: null,
    source: null,
    probe: null,
  };
}

/** A link as a reader who may see it sees it. */
export function buildCell(
  row: PairRow,
  options: {
    source: HeardSource | undefined;
    /** For people. */
    sourceLabel: string;
    window: LatencyWindow;
    percentile: LatencyPercentile;
    formatTime: FormatTime;
  },
): LinkCell {
  const { source, sourceLabel, window, percentile, formatTime } = options;
  const at = indexOf(percentile);
  const { needed } = PERCENTILES[at];
  const { ok, failed, value: found } = parseWindow(row[`window_${window}`], at);
  const isStale = source === undefined || source.isStale;
  const state = isStale ? 'stale' : row.state;
  // What a dead link last took would look like a good value, and does so too
  // when nothing more is heard of the link.
  const value = row.state === 'down' ? null : found;
  const staleSince = source?.staleSince ?? null;
  return {
    from: row.from_cluster,
    to: row.to_cluster,
    state,
    code: isStale ? STALE_CODES[source?.state ?? 'none'] : row.code,
    since: formatTime(isStale ? staleSince : row.since),
    valueMs: value?.ms ?? null,
    approximate: value?.approximate ?? false,
    enough: ok >= needed,
    needed,
    baselineMs: parseMedian(row.baselines, at),
    loss: ok + failed === 0 ? null : failed / (ok + failed),
    lossAtLeast: Boolean(row.loss_at_least),
    samples: ok + failed,
    sampledAt: formatTime(row.sampled_at),
    lastSuccessAt: formatTime(row.last_success_at),
    source: sourceLabel,
    probe: row.probe,
  };
}
