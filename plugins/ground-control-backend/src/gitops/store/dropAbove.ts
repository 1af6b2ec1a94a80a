import { Knex } from 'knex';
import { writeRows } from '../../database/writeRows';
import { EarlierArtifacts, Place } from './earlier';
import { restoreCurrent } from './restoreCurrent';
import { restoreProblems } from './restoreProblems';
import { artifactShape } from './shapes';

/**
 * Takes the repository back to an earlier position, as if the commits above it
 * had never been read, and says which places that changed. To be called with
 * at most some hundred commits to drop, so that the transaction stays short;
 * after each call the tables are as they were at that position.
 */
export async function dropAbove(
  tx: Knex,
  repository: string,
  position: number,
  earlier: EarlierArtifacts = { byTree: new Map(), rows: [] },
): Promise<Place[]> {
  const dropped = tx('releases')
    .where({ repository })
    .andWhere('position', '>', position);
  const places: Place[] = await dropped
    .clone()
    .distinct('environment', 'namespace', 'service');
  const artifacts: Array<{
    namespace: string;
    service: string;
    artifact_id: string;
  }> = await dropped
    .clone()
    .whereNotNull('artifact_id')
    .distinct('namespace', 'service', 'artifact_id');

  for (const table of [
    'releases',
    'commit_services',
    'commits',
    'unapproved_releases',
  ]) {
    await tx(table)
      .where({ repository })
      .andWhere('position', '>', position)
      .delete();
  }
  // Whether a decision stands behind them is looked at anew with them.
  await tx('release_watch')
    .where({ repository })
    .andWhere('looked_position', '>', position)
    .update({ looked_position: position });
  await restoreProblems(tx, repository, position);
  await restoreCurrent(tx, repository, places, earlier);
  await writeRows(tx, artifactShape, earlier.rows);
  await forgetArtifacts(tx, repository, artifacts);
  const commit = await tx('commits')
    .where({ repository, position })
    .first('revision', 'committed_at');
  await tx('repositories')
    .where({ repository })
    .update({
      position,
      tip: commit?.revision ?? null,
      tip_committed_at: commit ? Number(commit.committed_at) : null,
    });
  return places;
}

/** Artifacts that no release names any more are the store's, or nobody's. */
async function forgetArtifacts(
  tx: Knex,
  repository: string,
  artifacts: Array<{ namespace: string; service: string; artifact_id: string }>,
) {
  for (const artifact of artifacts) {
    const used = await tx('releases')
      .where({ repository, ...artifact })
      .first('position');
    if (!used) {
      await tx('artifacts')
        .where({ repository, ...artifact })
        .update({ in_repository: false });
    }
  }
  await tx('artifacts')
    .where({ repository, in_repository: false, in_store: false })
    .delete();
}
