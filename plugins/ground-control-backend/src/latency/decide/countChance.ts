/**
 * How likely it is that of so many probes as many are lost, or more, where each
 * is lost by chance.
 *
 * @param loss - of one probe, 0 to 1
 */
export function countChance(
  { ok, failed }: { ok: number; failed: number },
  loss: number,
): number {
  const all = ok + failed;
  // Of exactly so many, from none on.
  let term = (1 - loss) ** all;
  let fewer = 0;
  for (let lost = 0; lost < failed; lost += 1) {
    fewer += term;
    term *= ((all - lost) / (lost + 1)) * (loss / (1 - loss));
  }
  return Math.max(0, 1 - fewer);
}
