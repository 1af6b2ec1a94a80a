import { AuditEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { createHash } from 'crypto';
import { canonicalJson } from './canonicalJson';

/**
 * The hash of an entry: SHA-256 in hex over its canonical JSON without `hash`.
 * Taken of the entry as the API and exports give it, so that a reader can
 * check the chain without us.
 */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { hash: _, ...content } = entry as AuditEntry;
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
