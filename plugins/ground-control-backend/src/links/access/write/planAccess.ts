import { AskedAccess } from '@ground-control/backstage-plugin-ground-control-common';
import { CommitPlan } from '@ground-control/backstage-plugin-ground-control-node';
import { AuditHead } from '../../../audit/types';
import { formatChangeMessage } from '../../../gitops/formatChangeMessage';
import { RepositoryFile } from '../../../gitops/MirrorFiles';
import { cleanText } from '../../../lib/cleanText';
import { AccessRow, DecisionRow } from '../../../requests/types';
import { WritingSettings } from '../../../requests/writing';
import { decideTrailers } from '../../../requests/writing/decideTrailers';
import { RequestOutcome } from '../../../requests/writing/types';
import { GatewaySettings } from '../../entries/types';
import { changeEntries } from '../changeEntries';
import { toChange } from '../readAccessFacts';
import { EntryRefusal } from '../types';

/** What git shows of a title without cutting it. */
const LONGEST_TITLE = 72;

/** Of a file; a link isn't one. */
export type FileMode = '100644' | '100755';

/** All that the commit of a request is made of, but for where it is put. */
export interface AccessToWrite {
  /** Undefined where there is no such row. */
  asked?: AskedAccess;
  /** The gateway's file as it is now; undefined where there is none. */
  file?: RepositoryFile & { mode: FileMode };
  gateway: GatewaySettings;
  writing: WritingSettings;
  decisions: DecisionRow[];
  head: AuditHead;
  now: number;
}

/** In the words of what outdates a request that is looked at. */
const CODES: Record<EntryRefusal, string> = {
  names: 'verdict-worse',
  'already-there': 'entry-there',
  conflict: 'entry-conflict',
  'not-there': 'entry-gone',
  file: 'file-unreadable',
};

const outdate = (
  code: string,
  message: string,
): { outcome: RequestOutcome } => ({
  outcome: { kind: 'outdate', code, message },
});

function formatTitle({ wish }: AskedAccess): string {
  const verb = wish.change === 'add' ? 'Add' : 'Remove';
  return cleanText(
    `${verb} gateway ${wish.kind} ${wish.name} at ${wish.cluster}`,
    LONGEST_TITLE,
  );
}

/**
 * Plans the commit of a request for access on the gateway's file as it is now,
 * or says why there can't be one any more.
 */
export function planAccess(
  row: AccessRow,
  { asked, file, gateway, ...options }: AccessToWrite,
): { plan: CommitPlan } | { outcome: RequestOutcome } {
  const { path } = gateway;
  if (!asked) {
    return outdate('wish-gone', 'What was asked for isn’t known any more.');
  }
  if (asked.path !== path) {
    return outdate(
      'entry-changed',
      `Entries of the gateway are declared in ${path} now, and this was asked for ${asked.path}. Ask again.`,
    );
  }
  if (file?.fault !== undefined) {
    return outdate(
      'file-unreadable',
      `${path} can't be changed: ${file.fault}.`,
    );
  }
  const change = toChange(asked.wish, asked.wish.squad ?? '');
  const changed = changeEntries(change, { ...gateway, content: file?.content });
  if (changed.kind === 'refused') {
    return outdate(CODES[changed.code], `${changed.message} ${changed.remedy}`);
  }
  const { writing, decisions, head, now } = options;
  const { content } = changed;
  return {
    plan: {
      message: formatChangeMessage({
        title: formatTitle(asked),
        changedBy: {
          name: row.requested_by_name ?? row.requested_by,
          email: row.requested_by_email ?? '',
        },
        trailers: decideTrailers(row, decisions, head),
      }),
      changes: [
        content === null
          ? { kind: 'remove', path }
          : { kind: 'put', path, mode: file?.mode ?? '100644', content },
      ],
      author: writing.author,
      committer: writing.committer,
      at: new Date(now),
    },
  };
}
