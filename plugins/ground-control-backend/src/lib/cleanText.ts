// They turn the order of what stands beside them: a title could say another.
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes a text from outside fit for a column and a line: no control
 * characters, nothing that turns the order of reading, well-formed, bounded.
 */
export function cleanText(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(BIDI, '')
    .trim()
    .slice(0, max)
    .toWellFormed();
}

/** A name from outside, as it is quoted to people. */
export function quote(name: string): string {
  return JSON.stringify(cleanText(name, 100));
}
