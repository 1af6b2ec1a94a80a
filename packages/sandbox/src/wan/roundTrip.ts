import type { Provider } from '../company/types.ts';

/**
 * Milliseconds from a probe's question to its answer, by the providers of
 * source and target. The two directions of a pair differ, as they do between
 * clouds whose networks choose different ways.
 */
const ROUND_TRIPS: Record<Provider, Record<Provider, number>> = {
  aws: { aws: 10, gcp: 30, azure: 25 },
  gcp: { aws: 60, gcp: 8, azure: 20 },
  azure: { aws: 60, gcp: 20, azure: 8 },
};

export function roundTrip(from: Provider, to: Provider): number {
  return ROUND_TRIPS[from][to];
}
