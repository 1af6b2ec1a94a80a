/** The p-th percentile (0 to 1) by nearest rank; NaN for no values. */
export function percentile(values: number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0
    ? NaN
    : sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
}

/** The middle value. */
export const median = (values: number[]) => percentile(values, 0.5);
