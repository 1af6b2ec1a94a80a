// They turn the order of what stands beside them.
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;

/** Makes a text from outside fit for a line: no control characters, bounded. */
export function cleanText(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(BIDI, '')
    .trim()
    .slice(0, max)
    .toWellFormed();
}
