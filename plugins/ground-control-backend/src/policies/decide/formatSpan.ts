const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its two largest units: `3 h 12 min`, `45 s`. */
export function formatSpan(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / 1_000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  const [large, small, unit, rest] =
    ms < DAY ? [HOUR, MINUTE, 'h', 'min'] : [DAY, HOUR, 'd', 'h'];
  const left = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${unit}${
    left > 0 ? ` ${left} ${rest}` : ''
  }`;
}

/** A title's length has a limit, and names from outside may be long. */
export function fitTitle(title: string): string {
  return title.length <= 40 ? title : `${title.slice(0, 39).toWellFormed()}…`;
}
