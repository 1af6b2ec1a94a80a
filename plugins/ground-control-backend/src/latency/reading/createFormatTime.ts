/** Makes ISO 8601 of milliseconds. */
export type FormatTime = (at: number | string | null) => string | null;

/** Many links were sampled at the same moments: each is formatted once. */
export function createFormatTime(): FormatTime {
  const known = new Map<number | string, string>();
  return at => {
    if (at === null) return null;
    let text = known.get(at);
    if (text === undefined) {
      text = new Date(Number(at)).toISOString();
      known.set(at, text);
    }
    return text;
  };
}
