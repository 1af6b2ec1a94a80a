import { AuditHead } from './types';

/** The trailer of release commits that holds the head of the audit trail. */
export const AUDIT_HEAD_TRAILER = 'Audit-head';

const HEAD = /^([1-9]\d{0,9}) ([0-9a-f]{64})$/;

/** Writes a head as the trailer's value. */
export function formatAuditHead({ sequence, hash }: AuditHead): string {
  return `${sequence} ${hash}`;
}

/** Reads what {@link formatAuditHead} writes; undefined for anything else. */
export function parseAuditHead(value: string): AuditHead | undefined {
  const [, sequence, hash] = HEAD.exec(value) ?? [];
  return hash && Number(sequence) <= 0x7fffffff
    ? { sequence: Number(sequence), hash }
    : undefined;
}

/** The head among a commit's trailers. */
export function readHeadTrailer(
  trailers: ReadonlyMap<string, string> | undefined,
): AuditHead | undefined {
  const value = trailers?.get(AUDIT_HEAD_TRAILER);
  return value === undefined ? undefined : parseAuditHead(value);
}
