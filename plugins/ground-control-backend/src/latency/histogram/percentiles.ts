import {
  LATENCY_PERCENTILES,
  LatencyPercentile,
} from '@ground-control/backstage-plugin-ground-control-common';

const QUANTILES: Record<LatencyPercentile, number> = {
  p50: 0.5,
  p95: 0.95,
  p99: 0.99,
};

/** With fewer than 5 answers above it, a percentile is a matter of luck. */
const LEAST_ABOVE = 5;

/** Each percentile, its quantile, and how many answers it needs. */
export const PERCENTILES = LATENCY_PERCENTILES.map(name => ({
  name,
  quantile: QUANTILES[name],
  needed: Math.round(LEAST_ABOVE / (1 - QUANTILES[name])),
}));
