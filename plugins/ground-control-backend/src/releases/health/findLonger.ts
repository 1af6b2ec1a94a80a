/** The longer of two times, either of which may not be known. */
export function findLonger(
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined || b === undefined ? a ?? b : Math.max(a, b);
}
