/** A release that stayed well for so long is worth going back to. */
const LONG_ENOUGH_S = 3_600;

/**
 * Which of some earlier releases, newest first, is meant when somebody wants
 * to go back: the last that is known to have stayed healthy. Only where there
 * is none, the last of those that stood as long and of which nobody knows.
 *
 * @returns its index
 */
export function findRecommended(
  candidates: Array<{ healthyForSeconds?: number; stayedSeconds: number }>,
): number | undefined {
  const healthy = candidates.findIndex(
    ({ healthyForSeconds }) => (healthyForSeconds ?? 0) >= LONG_ENOUGH_S,
  );
  if (healthy >= 0) return healthy;
  const stood = candidates.findIndex(
    ({ healthyForSeconds, stayedSeconds }) =>
      healthyForSeconds === undefined && stayedSeconds >= LONG_ENOUGH_S,
  );
  return stood < 0 ? undefined : stood;
}
