const MOST_NAMED = 10;

/** Names as a part of a sentence, such as `a, b and c`. */
export function nameAll(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED);
  if (names.length > MOST_NAMED) return `${shown.join(', ')}, …`;
  return shown.length > 1
    ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
    : shown.join('');
}
