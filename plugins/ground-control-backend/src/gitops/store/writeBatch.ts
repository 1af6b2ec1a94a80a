import { Knex } from 'knex';
import { writeRows } from '../../database/writeRows';
import { BatchRows } from '../ingest/types';
import { markReplaced } from './markReplaced';
import {
  artifactShape,
  commitServiceShape,
  commitShape,
  problemChangeShape,
  problemShape,
  releaseShape,
  serviceEnvironmentShape,
} from './shapes';

/** How far a batch brings the repository. */
export interface BatchEnd {
  revision: string;
  position: number;
  committedAt: number;
}

/**
 * Writes a batch in the caller's transaction, and where it ends in the same
 * one: whatever dies, the next reader goes on after the last commit that is
 * wholly there. Without an end, the batch is part of a commit that is too large
 * for one transaction; all writes are idempotent, so such a commit is simply
 * read again.
 */
export async function writeBatch(
  tx: Knex,
  repository: string,
  batch: BatchRows,
  end: BatchEnd | undefined,
): Promise<void> {
  await writeRows(tx, commitShape, batch.commits);
  await writeRows(tx, commitServiceShape, batch.commitServices);
  await writeRows(tx, releaseShape, batch.releases);
  await markReplaced(tx, repository, batch.replaced);
  await writeRows(tx, artifactShape, [...batch.artifacts.values()]);
  for (const { environment, namespace, service } of batch.gone) {
    await tx('service_environments')
      .where({ repository, environment, namespace, service })
      .delete();
  }
  await writeRows(tx, serviceEnvironmentShape, [...batch.current.values()]);
  await writeRows(tx, problemChangeShape, [...batch.problemChanges.values()]);
  await writeRows(tx, problemShape, [...batch.problems.values()]);
  const mended = [...batch.mended];
  for (let at = 0; at < mended.length; at += 500) {
    await tx('problems')
      .where({ repository })
      .whereIn('problem_key', mended.slice(at, at + 500))
      .delete();
  }
  if (end) {
    await tx('repositories').where({ repository }).update({
      tip: end.revision,
      position: end.position,
      tip_committed_at: end.committedAt,
    });
  }
}
