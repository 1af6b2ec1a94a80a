import { AuditPage } from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../releases';
import { AuditRow, buildEntry } from './auditRow';
import { AuditFilter, queryAudit } from './queryAudit';

/** Reads a page of the audit trail, newest first. */
export async function readAudit(
  context: ReadContext,
  options: {
    filter: AuditFilter;
    limit: number;
    /** Whether the reader may read the trail of all squads. */
    mayReadAll: boolean;
    now: Date;
  },
): Promise<AuditPage> {
  const { filter, limit, mayReadAll, now } = options;
  const rows: AuditRow[] = await queryAudit(context, filter, mayReadAll).limit(
    limit + 1,
  );
  const page: AuditPage = {
    asOf: now.toISOString(),
    items: rows.slice(0, limit).map(buildEntry),
  };
  const last = rows[limit - 1];
  if (rows.length > limit && last) page.next = last.sequence;
  return page;
}
