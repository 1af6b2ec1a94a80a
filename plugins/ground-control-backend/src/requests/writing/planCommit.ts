import {
  CommitPlan,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { AuditHead } from '../../audit/types';
import { DecisionRow, ReleaseRow } from '../types';
import { BuiltChanges } from './buildChanges';
import { decideTrailers } from './decideTrailers';
import { WritingSettings } from './types';

/** The commit of a request, but for where it is put. */
export function planCommit(
  row: ReleaseRow,
  built: BuiltChanges,
  options: {
    layout: Layout;
    writing: WritingSettings;
    decisions: DecisionRow[];
    head: AuditHead;
    now: number;
  },
): CommitPlan {
  const { layout, writing, decisions, head, now } = options;
  return {
    message: layout.formatReleaseMessage({
      environment: row.environment,
      service: row.service,
      artifactId: row.artifact_id,
      intent: row.intent,
      releasedBy: {
        name: row.requested_by_name ?? row.requested_by,
        email: row.requested_by_email ?? '',
      },
      createdBy: built.createdBy,
      fromEnvironment: row.from_environment ?? undefined,
      ofBranch: row.of_branch ?? undefined,
      leftArtifactId: row.left_artifact_id ?? undefined,
      trailers: decideTrailers(row, decisions, head),
    }),
    changes: built.changes,
    author: writing.author,
    committer: writing.committer,
    at: new Date(now),
  };
}
