/** From when on a link is slow or lossy. */
export interface LevelThresholds {
  /** So many times the baseline… */
  times: number;
  /** …and by so much more. */
  plusMs: number;
  /** Lost probes of all, 0 to 1. */
  loss: number;
}

export interface Thresholds {
  elevated: LevelThresholds;
  high: LevelThresholds;
}

/** Which clusters a link connects: usual differences aren't the same. */
export type PairClass = 'sameRegion' | 'sameProvider' | 'crossProvider';

export type ThresholdsByClass = Record<PairClass, Thresholds>;

/** Small differences within a region are noise, and large factors of nothing. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  elevated: { times: 1.25, plusMs: 5, loss: 0.005 },
  high: { times: 1.6, plusMs: 15, loss: 0.02 },
};

interface Place {
  provider?: string | null;
  region?: string | null;
}

export function decidePairClass(from?: Place, to?: Place): PairClass {
  if (!from?.provider || from.provider !== to?.provider) return 'crossProvider';
  return from.region && from.region === to.region
    ? 'sameRegion'
    : 'sameProvider';
}
