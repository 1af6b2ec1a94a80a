/** `, every 3 s`, or nothing where it isn't known. */
export function formatEvery(intervalMs: number | undefined): string {
  if (!intervalMs) return '';
  const seconds = Math.round(intervalMs / 100) / 10;
  return `, every ${seconds} s`;
}
