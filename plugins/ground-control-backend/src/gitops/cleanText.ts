/** Makes a text from outside fit for a column and a line: no control characters, well-formed, bounded. */
export function cleanText(text: string, max: number): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed();
}
