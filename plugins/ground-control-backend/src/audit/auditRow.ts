import { AuditEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from '../releases/formatTime';
import { formatRequestId } from '../requests/reading/requestId';
import { canonicalJson } from './canonicalJson';

/** A row of `audit_entries`. */
export interface AuditRow {
  sequence: number;
  at: number | string;
  actor: string;
  action: string;
  environment: string | null;
  namespace: string | null;
  service: string | null;
  number: number | null;
  revision: string | null;
  details: string;
  previous_hash: string;
  hash: string;
}

/** The last moment that ISO 8601 has. */
const LAST_MOMENT = 8.64e15;

/** What isn't as we write it was tampered with; it is shown as it is. */
function parseDetails(text: string): AuditEntry['details'] {
  try {
    const details = JSON.parse(text);
    if (details !== null && typeof details === 'object') return details;
  } catch {
    // Told below.
  }
  return { unreadable: text };
}

function parseTime(at: number | string): string {
  return Math.abs(Number(at)) <= LAST_MOMENT ? formatTime(at) : String(at);
}

/** An entry as readers see it, and as it is hashed. */
export function buildEntry(row: AuditRow): AuditEntry {
  const entry: AuditEntry = {
    sequence: row.sequence,
    at: parseTime(row.at),
    actor: row.actor,
    action: row.action,
    details: parseDetails(row.details),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
  if (row.environment !== null) entry.environment = row.environment;
  if (row.service !== null) {
    entry.service = { namespace: row.namespace ?? '', name: row.service };
  }
  if (row.number !== null) entry.request = formatRequestId(row.number);
  if (row.revision !== null) entry.revision = row.revision;
  return entry;
}

/** The details of an entry as its column holds them. */
export function formatDetails(details: AuditEntry['details']): string {
  return canonicalJson(details);
}
