const UNITS_MS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const PERIOD = /^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/;
const PARTS = /([\d.]+)(ms|s|m|h)/g;
/** One that is probed less often is as good as not probed. */
const LONGEST_MS = 3_600_000;

/**
 * Reads how often a Link is probed, as Go writes it (`3s`, `1m30s`), in
 * milliseconds; undefined where it can't be.
 */
export function parsePeriod(text: string): number | undefined {
  if (!PERIOD.test(text)) return undefined;
  let ms = 0;
  for (const [, count, unit] of text.matchAll(PARTS)) {
    ms += Number(count) * UNITS_MS[unit];
  }
  return ms >= 1 && ms <= LONGEST_MS ? ms : undefined;
}
