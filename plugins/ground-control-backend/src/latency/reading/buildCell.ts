import {
  LatencyPercentile,
  LinkCell,
  LinkCode,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PERCENTILES } from '../histogram/percentiles';
import { parseMedian } from '../store/pairRow';
import { PairRow } from '../store/types';
import { parseWindow } from '../windows/packWindow';
import { FormatTime } from './createFormatTime';
import { HeardSource } from './decideSource';
import { CellOptions } from './types';

const STALE_CODES: Record<HeardSource['state'], LinkCode> = {
  fresh: 'source-stale',
  stale: 'source-stale',
  unreachable: 'source-unreachable',
  forbidden: 'source-forbidden',
  failing: 'source-failing',
  none: 'no-source',
};

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

/** A link as it is while its source is heard of; {@link tellSource} makes it what it is else. */
export function buildCell(row: PairRow, options: CellOptions): LinkCell {
  const { labelOf, window, percentile, formatTime } = options;
  const at = indexOf(percentile);
  const { needed } = PERCENTILES[at];
  const { ok, failed, value: found } = parseWindow(row[`window_${window}`], at);
  // What a dead link last took would look like a good value, and does so too
  // when nothing more is heard of the link.
  const value = row.state === 'down' ? null : found;
  return {
    from: row.from_cluster,
    to: row.to_cluster,
    state: row.state,
    code: row.code,
    since: formatTime(row.since),
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
    source: labelOf(row.source),
    probe: row.probe,
  };
}

/** A link as it is now that its source is heard of, or isn't any more. */
export function tellSource(
  cell: LinkCell,
  source: HeardSource | undefined,
  formatTime: FormatTime,
): LinkCell {
  if (source && !source.isStale) return cell;
  return {
    ...cell,
    state: 'stale',
    code: STALE_CODES[source?.state ?? 'none'],
    since: formatTime(source?.staleSince ?? null),
  };
}
