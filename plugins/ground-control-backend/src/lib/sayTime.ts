/** A moment in a sentence for people: `2 Mar 2026, 08:01 UTC`. */
export function sayTime(milliseconds: number | string): string {
  const time = new Date(Number(milliseconds)).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  return `${time} UTC`;
}
