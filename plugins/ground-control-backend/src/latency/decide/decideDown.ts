/** As rare as that by chance, lost probes in a row are no chance. */
const RARE = 0.001;
const LEAST_IN_ROW = 2;
const MOST_IN_ROW = 20;
/** Of a link that isn't known yet. */
const USUAL_IN_ROW = 3;
const LEAST_KNOWN = 10;

/**
 * How many probes have to be lost in a row until nothing gets through. A link
 * that loses nothing is down with the second, one that loses every third
 * probe only with the sixth: as many in a row would come by chance once in a
 * thousand times.
 *
 * @param before - what was counted in the minutes before those were lost
 */
export function countInRowNeeded(before: {
  ok: number;
  failed: number;
}): number {
  const { ok, failed } = before;
  if (ok + failed < LEAST_KNOWN || ok === 0) return USUAL_IN_ROW;
  // As if one more had been lost and one more answered: nothing lost so far
  // doesn't mean that nothing ever is.
  const loss = (failed + 1) / (ok + failed + 2);
  const needed = Math.ceil(Math.log(RARE) / Math.log(loss));
  return Math.min(Math.max(needed, LEAST_IN_ROW), MOST_IN_ROW);
}
