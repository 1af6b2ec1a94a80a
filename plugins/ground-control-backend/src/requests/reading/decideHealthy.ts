/** What is recorded of an earlier release, as far as its health goes; milliseconds since 1970. */
export interface StayFacts {
  from: number;
  to: number;
  /** Its request ended so; absent where none of ours released it. */
  request?: 'succeeded' | 'failed' | 'under-way';
  /** Since when a cluster reported a failure, one entry each time. */
  failures: number[];
}

/** A release that stayed well for so long is worth going back to. */
const LONG_ENOUGH_S = 3_600;

/**
 * How long a release ran without a cluster reporting that it failed, in
 * seconds.
 *
 * @returns undefined where no cluster tells
 */
export function decideHealthySeconds(
  facts: StayFacts,
  watched: boolean,
): number | undefined {
  if (facts.request === 'failed') return 0;
  if (!watched) return undefined;
  const failed = facts.failures.filter(at => at >= facts.from && at < facts.to);
  return Math.floor((Math.min(facts.to, ...failed) - facts.from) / 1000);
}

/**
 * Which of some earlier releases, newest first, is meant when somebody wants
 * to go back: the last that stayed healthy, not the last. Where no cluster
 * tells, the last that stayed.
 *
 * @returns its index
 */
export function findRecommended(
  candidates: Array<{ healthyForSeconds?: number; stayedSeconds: number }>,
): number | undefined {
  const index = candidates.findIndex(
    ({ healthyForSeconds, stayedSeconds }) =>
      (healthyForSeconds ?? stayedSeconds) >= LONG_ENOUGH_S,
  );
  return index < 0 ? undefined : index;
}
