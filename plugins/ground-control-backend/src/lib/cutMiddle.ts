/** Cuts a name in its middle: its beginning and its end tell names apart. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = Math.floor((max - 1) / 2);
  const start = max - 1 - end;
  const cut = `${text.slice(0, start)}…${end > 0 ? text.slice(-end) : ''}`;
  return cut.toWellFormed();
}
