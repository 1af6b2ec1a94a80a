import { AuditEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../releases';
import { AuditRow, buildEntry } from './auditRow';
import { formatCsvRow } from './formatCsvRow';
import { AuditFilter, queryAudit } from './queryAudit';

/** More is asked for in parts, by time. */
export const MOST_EXPORTED = 100_000;
/** Entries that are held at a time. */
const PAGE = 1_000;

const COLUMNS = [
  'sequence',
  'at',
  'actor',
  'action',
  'environment',
  'namespace',
  'service',
  'request',
  'revision',
  'details',
  'previousHash',
  'hash',
];

/** What is exported, for whom. */
export interface AuditExport {
  format: 'csv' | 'json';
  filter: AuditFilter;
  /** The filter as the reader gave it, for the file's head. */
  asked: Record<string, string>;
  mayReadAll: boolean;
  now: Date;
  /** For tests; {@link MOST_EXPORTED} by default. */
  most?: number;
}

async function* readPages(
  context: ReadContext,
  { filter, mayReadAll, most = MOST_EXPORTED }: AuditExport,
): AsyncGenerator<{ entries: AuditEntry[]; cutOff?: number }> {
  let before = filter.before;
  for (let left = most; ; ) {
    // One more than is given tells whether there is more.
    const size = Math.min(PAGE, left);
    const rows: AuditRow[] = await queryAudit(
      context,
      { ...filter, before },
      mayReadAll,
    ).limit(size + 1);
    const given = rows.slice(0, size);
    left -= given.length;
    before = given.at(-1)?.sequence;
    const entries = given.map(buildEntry);
    const more = rows.length > size;
    yield { entries, ...(more && left === 0 && { cutOff: before }) };
    if (!more || left === 0) return;
  }
}

function formatEntry(entry: AuditEntry): string {
  const { service } = entry;
  return formatCsvRow([
    String(entry.sequence),
    entry.at,
    entry.actor,
    entry.action,
    entry.environment ?? '',
    service?.namespace ?? '',
    service?.name ?? '',
    entry.request ?? '',
    entry.revision ?? '',
    JSON.stringify(entry.details),
    entry.previousHash,
    entry.hash,
  ]);
}

async function* writeCsv(context: ReadContext, asked: AuditExport) {
  const head = { exportedAt: asked.now.toISOString(), filter: asked.asked };
  yield formatCsvRow([`# Audit trail ${JSON.stringify(head)}`]);
  yield formatCsvRow(COLUMNS);
  for await (const { entries, cutOff } of readPages(context, asked)) {
    yield entries.map(formatEntry).join('');
    if (cutOff !== undefined) {
      yield formatCsvRow([`# ${describeCutOff(cutOff)}`]);
    }
  }
}

async function* writeJson(context: ReadContext, asked: AuditExport) {
  const head = { exportedAt: asked.now.toISOString(), filter: asked.asked };
  yield `${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let separator = '\n';
  let note = '';
  for await (const { entries, cutOff } of readPages(context, asked)) {
    if (entries.length > 0) {
      const lines = entries.map(entry => JSON.stringify(entry));
      yield separator + lines.join(',\n');
      separator = ',\n';
    }
    if (cutOff !== undefined) {
      note = `,"cutOff":${JSON.stringify(describeCutOff(cutOff))}`;
    }
  }
  // A file that was broken off has no end, and so can't be taken for whole.
  yield `\n]${note}}\n`;
}

function describeCutOff(sequence: number): string {
  return `There are more entries: this file ends with ${sequence}. Export what comes before it with before=${sequence}.`;
}

/**
 * Writes the entries of a filter as a file, piece by piece, newest first, its
 * filter at its head. Says at its end where it holds no more than so many.
 */
export function exportAudit(
  context: ReadContext,
  asked: AuditExport,
): AsyncGenerator<string> {
  return asked.format === 'csv'
    ? writeCsv(context, asked)
    : writeJson(context, asked);
}
