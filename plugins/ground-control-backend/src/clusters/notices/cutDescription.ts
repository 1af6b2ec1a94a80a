const LONGEST_DESCRIPTION = 1_000;

/** Lines as the description of a notification. */
export function cutDescription(lines: string[]): string {
  return lines.join('\n').slice(0, LONGEST_DESCRIPTION).toWellFormed();
}
