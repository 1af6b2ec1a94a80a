import { isWatched } from './isWatched';
import { StayFacts } from './types';

/**
 * How long at a stretch a release was seen to run without a failure, in whole
 * seconds: before the first, or after the last where it recovered. None of it
 * where it never ran, or failed until another took its place: such a release
 * didn't stay healthy.
 *
 * @returns undefined where clusters weren't watched all the while, because then
 * nobody knows
 */
export function decideHealthySeconds(
  facts: StayFacts,
  now: number,
): number | undefined {
  const { to, failures, arrivedAt } = facts;
  if (facts.request === 'failed') return 0;
  if (failures.some(one => !one.recovered)) return 0;
  if (!isWatched(facts, now)) return undefined;
  if (arrivedAt === undefined) return 0;
  const from = Math.max(facts.from, arrivedAt);
  const first = Math.min(to, ...failures.map(({ since }) => since));
  const last = Math.max(from, ...failures.map(({ until }) => until ?? to));
  const longest = failures.length
    ? Math.max(first - from, to - last)
    : to - from;
  return Math.floor(Math.max(0, longest) / 1000);
}
