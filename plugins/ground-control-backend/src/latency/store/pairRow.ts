import { TableShape } from '../../database/writeRows';
import { Baselines, PairState } from '../book/types';
import { parseElement } from '../parseElement';
import { computeWindows } from '../windows/computeWindows';
import { packWindow } from '../windows/packWindow';
import { PairRow } from './types';

const KEY = ['from_cluster', 'to_cluster'] as const;
const NUMBERS = [
  'source',
  'probe',
  'interval_ms',
  'loss_at_least',
  'to_provider',
  'linked',
  'state',
  'code',
  'since',
  'sampled_at',
  'last_success_at',
  'window_5m',
  'window_1h',
  'window_24h',
  'window_7d',
  'baselines',
] as const;

export const pairShape: TableShape<PairRow> = {
  table: 'latency_pairs',
  columns: [...KEY, ...NUMBERS],
  key: [...KEY],
  merge: [...NUMBERS],
};

type PackedBaseline = [low: number, median: number, high: number] | null;

export function packBaselines(baselines: Baselines): string {
  const round = (ms: number) => Math.round(ms * 100) / 100;
  return JSON.stringify(
    baselines.map(
      found => found && [found.low, found.median, found.high].map(round),
    ),
  );
}

/** Reads what {@link packBaselines} wrote, as it is: nobody else writes them. */
export function parseBaselines(packed: string): Baselines {
  return (JSON.parse(packed) as PackedBaseline[]).map(
    found => found && { low: found[0], median: found[1], high: found[2] },
  );
}

/** The median of one percentile's baseline in what {@link packBaselines} wrote. */
export function parseMedian(packed: string, at: number): number | null {
  return (parseElement(packed, at) as PackedBaseline)?.[1] ?? null;
}

/** A link as pages show it, with its windows as they are at `now`. */
export function formatPairRow(pair: PairState, now: number): PairRow {
  const windows = computeWindows(pair, now);
  return {
    from_cluster: pair.from,
    to_cluster: pair.to,
    source: pair.sourceId,
    probe: pair.probe,
    interval_ms:
      pair.intervalMs === undefined ? null : Math.round(pair.intervalMs),
    loss_at_least: pair.lossAtLeast,
    to_provider: pair.toProvider ?? null,
    linked: pair.linked,
    state: pair.state,
    code: pair.code,
    since: Math.round(pair.since),
    sampled_at: toColumn(pair.sampledAt),
    last_success_at: toColumn(pair.lastSuccessAt),
    window_5m: packWindow(windows['5m']),
    window_1h: packWindow(windows['1h']),
    window_24h: packWindow(windows['24h']),
    window_7d: packWindow(windows['7d']),
    baselines: packBaselines(pair.summary.baselines),
  };
}

function toColumn(at: number | undefined): number | null {
  return at === undefined ? null : Math.round(at);
}
