/**
 * Which environment releases come from: the last one before it, in the order of
 * promotion, that has a release. Many services skip one.
 *
 * @param environments - in the order of promotion
 * @param isReleased - whether something is released there
 */
export function findBefore(
  environments: readonly string[],
  environment: string,
  isReleased: (environment: string) => boolean,
): string | undefined {
  const at = environments.indexOf(environment);
  return environments.slice(0, Math.max(at, 0)).findLast(isReleased);
}
