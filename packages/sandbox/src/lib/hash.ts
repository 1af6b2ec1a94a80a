import { createHash } from 'node:crypto';

/** 40 hex digits that look like a commit's sha and depend on the parts alone. */
export function hash(...parts: (string | number)[]): string {
  return createHash('sha1').update(parts.join('\0')).digest('hex');
}

/** A number from 0 up to, not including, 1, that depends on the parts alone. */
export function hashNumber(...parts: (string | number)[]): number {
  return parseInt(hash(...parts).slice(0, 8), 16) / 4294967296;
}
