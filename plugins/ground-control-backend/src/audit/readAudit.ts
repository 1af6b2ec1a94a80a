import { AuditPage } from '@ground-control/backstage-plugin-ground-control-common';
import { CommitObjects } from '../gitops/readCommitTrailers';
import { ReadContext } from '../releases';
import { AuditRow, buildEntry } from './auditRow';
import { decideSource } from './decideSource';
import { AuditFilter, queryAudit } from './queryAudit';
import { readSignatures } from './readSignatures';

/** Reads a page of the audit trail, newest first. */
export async function readAudit(
  context: ReadContext,
  options: {
    filter: AuditFilter;
    limit: number;
    /** Whether the reader may read the trail of all squads. */
    mayReadAll: boolean;
    now: Date;
    /** Local git objects of the config repository; absent where none is read. */
    openObjects?(): Promise<CommitObjects>;
  },
): Promise<AuditPage> {
  const { filter, limit, mayReadAll, now, openObjects } = options;
  const rows: AuditRow[] = await queryAudit(context, filter, mayReadAll).limit(
    limit + 1,
  );
  const entries = rows.slice(0, limit).map(buildEntry);
  const signatures = openObjects
    ? await readSignatures(
        openObjects,
        entries.flatMap(({ revision }) => revision ?? []),
      )
    : new Map<string, null>();
  const page: AuditPage = {
    asOf: now.toISOString(),
    items: entries.map(entry => ({
      ...entry,
      source: decideSource(entry),
      signature: signatures.get(entry.revision ?? '') ?? null,
    })),
  };
  const last = rows[limit - 1];
  if (rows.length > limit && last) page.next = last.sequence;
  return page;
}
