const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * JSON as Go's encoder writes it with an indent of two spaces: what HTML would
 * take for markup is escaped, and a newline ends it. Leave keys out by giving
 * `undefined`.
 */
export function goJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(
    /[<>&\u2028\u2029]/g,
    character => ESCAPES[character],
  );
  return `${text}\n`;
}

/** Go's `omitempty` for strings. */
export function orOmit(value: string | undefined): string | undefined {
  return value || undefined;
}
