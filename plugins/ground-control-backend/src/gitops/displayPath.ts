import { createHash } from 'node:crypto';

const MAX_PATH = 400;

/**
 * A path as it is stored and shown: on one line, bounded, and different for
 * different paths. Control characters are written as in JSON.
 */
export function displayPath(path: string): string {
  const line = path
    .toWellFormed()
    .replace(
      /[\p{Cc}\u2028\u2029]/gu,
      character =>
        `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  if (line.length <= MAX_PATH) return line;
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `${line.slice(0, MAX_PATH).toWellFormed()}…(${digest})`;
}
