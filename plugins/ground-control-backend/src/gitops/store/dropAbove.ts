import { Knex } from 'knex';
import { writeRows } from '../../database/writeRows';
import { ReleaseRow, ServiceEnvironmentRow } from '../types';
import { serviceEnvironmentShape } from './shapes';

/** What dropped commits had changed. */
export interface Dropped {
  places: Place[];
  /** Services whose policies they had changed. */
  policies: string[];
}

type Place = Pick<ReleaseRow, 'environment' | 'namespace' | 'service'>;

/**
 * Takes the repository back to an earlier position, as if the commits above it
 * had never been read, and says which places that changed. To be called with
 * at most some hundred commits to drop, so that the transaction stays short;
 * after each call the tables are as they were at that position, but for
 * problems that a dropped commit had mended.
 */
export async function dropAbove(
  tx: Knex,
  repository: string,
  position: number,
): Promise<Dropped> {
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
  const policies = await tx('commit_services')
    .where({ repository, environment: '' })
    .andWhere('position', '>', position)
    .distinct('service')
    .pluck('service');

  for (const table of [
    'releases',
    'commit_services',
    'commits',
    'problems',
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
  await restoreCurrent(tx, repository, places);
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
  return { places, policies };
}

async function restoreCurrent(tx: Knex, repository: string, places: Place[]) {
  const restored: ServiceEnvironmentRow[] = [];
  for (const place of places) {
    const release = await tx('releases')
      .where({ repository, ...place })
      .orderBy('position', 'desc')
      .first('*');
    if (!release) {
      await tx('service_environments')
        .where({ repository, ...place })
        .delete();
      continue;
    }
    await tx('releases')
      .where({ repository, ...place, position: release.position })
      .update({ replaced_position: null, replaced_at: null });
    const { namespace, service } = place;
    const artifact =
      release.artifact_id !== null
        ? await tx('artifacts')
            .where({
              repository,
              namespace,
              service,
              artifact_id: release.artifact_id,
            })
            .first('application_commit', 'plan_commit', 'branch', 'squad')
        : undefined;
    restored.push({
      repository,
      ...place,
      position: release.position,
      removed: release.intent === 'removed',
      artifact_id: release.artifact_id,
      application_commit: artifact?.application_commit ?? null,
      plan_commit: artifact?.plan_commit ?? null,
      branch: artifact?.branch ?? null,
      artifact_squad: artifact?.squad ?? null,
      intent: release.intent,
      released_at: Number(release.released_at),
      by_name: release.by_name,
      behind: null,
    });
  }
  await writeRows(tx, serviceEnvironmentShape, restored);
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
