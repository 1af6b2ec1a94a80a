import { isAccessRow, RequestRow } from './types';

/**
 * What each entry of the audit trail says of access: with service and
 * environment alone it would read as if it were about a release.
 */
export function auditAccess(row: RequestRow): Record<string, string> {
  return isAccessRow(row) ? { intent: row.intent, entry: row.subject } : {};
}
