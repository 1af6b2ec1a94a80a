import { sumUp } from '../book/addToSlots';
import { Sum } from '../book/types';
import { findQuantile } from '../histogram/findQuantile';
import { PERCENTILES } from '../histogram/percentiles';

/** A percentile in milliseconds, and whether its bucket is wide. */
export type WindowValue = { ms: number; approximate: boolean } | null;

/** The numbers of a link over a window. */
export interface WindowNumbers {
  ok: number;
  failed: number;
  /** By percentile, p50 first; null with too few answers. */
  values: WindowValue[];
}

/** To a hundredth: what is finer is the interpolation's. */
function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}

export function computeWindow(sums: readonly Sum[]): WindowNumbers {
  const sum = sumUp(sums);
  if (!sum) return { ok: 0, failed: 0, values: PERCENTILES.map(() => null) };
  return {
    ok: sum.ok,
    failed: sum.failed,
    values: PERCENTILES.map(({ quantile, needed }) => {
      const found = sum.ok >= needed ? findQuantile(sum, quantile) : undefined;
      if (!found) return null;
      const { value, approximate } = found;
      return { ms: round(value * 1_000), approximate };
    }),
  };
}
