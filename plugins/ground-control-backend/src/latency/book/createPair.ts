import { PERCENTILES } from '../histogram/percentiles';
import { floorTo, HOUR_MS } from '../times';
import { PairState, Summary } from './types';

export function emptySummary(): Summary {
  return { until: 0, baselines: PERCENTILES.map(() => null), slots: 0 };
}

/** A link that nothing is known of yet. */
export function createPair(
  names: { from: string; to: string; sourceId: string },
  now: number,
): PairState {
  return {
    ...names,
    probe: '',
    lossAtLeast: false,
    missed: 0,
    linked: true,
    countedAt: 0,
    minutes: [],
    fives: [],
    sealedUntil: floorTo(now, HOUR_MS),
    unpacked: [],
    summary: emptySummary(),
    hasCounted: false,
    lostInRow: 0,
    slowness: [],
    loss: { level: 0, from: 0 },
    judgedAt: 0,
    state: 'never-sampled',
    code: 'not-sampled',
    since: now,
  };
}
