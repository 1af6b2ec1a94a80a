import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson';

/** SHA-256 in hex of a value's canonical JSON: the same value has the same. */
export function hashCanonical(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
