/** The label `le` of a bucket; NaN for what is no number. */
export function parseBound(le: string | undefined): number {
  if (le === '+Inf' || le === 'Inf') return Infinity;
  return le === undefined || le.trim() === '' ? NaN : Number(le);
}
