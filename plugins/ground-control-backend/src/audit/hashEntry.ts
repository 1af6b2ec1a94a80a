import {
  AuditEntry,
  ListedAuditEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { hashCanonical } from './hashCanonical';

/**
 * The hash of an entry: SHA-256 in hex over its canonical JSON without `hash`.
 * Taken of the entry as exports give it, and lists but for what they add, so
 * that a reader can check the chain without us.
 */
export function hashEntry(
  entry: Omit<AuditEntry, 'hash'> & Partial<ListedAuditEntry>,
): string {
  const { hash: _, source: _s, signature: _g, ...content } = entry;
  return hashCanonical(content);
}
