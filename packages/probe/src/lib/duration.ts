const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const PART = /(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)/g;
const WHOLE = new RegExp(`^(?:${PART.source})+$`);

/**
 * Milliseconds of a duration as Go and Kubernetes write it, such as `5s`,
 * `500ms` or `1m30s`; undefined for anything else.
 */
export function parseDuration(text: string): number | undefined {
  if (text.length > 40 || !WHOLE.test(text)) return undefined;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(PART)) {
    sum += Number(count) * UNITS[unit as keyof typeof UNITS];
  }
  return sum;
}

/** The other way round: the largest units first, none that are zero. */
export function formatDuration(ms: number): string {
  let rest = Math.round(ms);
  if (rest === 0) return '0s';
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms'] as const) {
    const count = Math.floor(rest / UNITS[unit]);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * UNITS[unit];
  }
  return text;
}
