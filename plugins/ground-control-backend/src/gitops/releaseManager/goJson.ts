const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * JSON as Go's encoder writes it with an indent of two spaces: markup is
 * escaped, half a character becomes U+FFFD, and a line feed ends it. A key
 * whose value is `undefined` is left out.
 */
export function goJson(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, part) => (typeof part === 'string' ? part.toWellFormed() : part),
    2,
  ).replace(/[<>&\u2028\u2029]/g, character => ESCAPES[character]);
  return `${text}\n`;
}
