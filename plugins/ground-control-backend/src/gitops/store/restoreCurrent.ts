import { Knex } from 'knex';
import { writeRows } from '../../database/writeRows';
import { namespacesAt, placeKeyOf } from '../ingest/placeKey';
import { ReleaseRow, ServiceEnvironmentRow } from '../types';
import { EarlierArtifacts, Place } from './earlier';
import { serviceEnvironmentShape } from './shapes';

/** After releases were deleted, makes the newest that is left the current one. */
export async function restoreCurrent(
  tx: Knex,
  repository: string,
  places: Place[],
  earlier: EarlierArtifacts,
): Promise<void> {
  const restored: ServiceEnvironmentRow[] = [];
  const byKey = new Map(places.map(place => [placeKeyOf(place), place]));
  for (const place of byKey.values()) {
    const { environment, service } = place;
    const atPlace = (table: string) =>
      tx(table)
        .where({ repository, environment, service })
        .whereIn('namespace', namespacesAt(place));
    await atPlace('service_environments').delete();
    const release: ReleaseRow | undefined = await atPlace('releases')
      .orderBy('position', 'desc')
      .first('*');
    if (!release) continue;
    await atPlace('releases')
      .where({ position: release.position })
      .update({ replaced_position: null, replaced_at: null });
    restored.push(await describeCurrent(tx, release, earlier));
  }
  await writeRows(tx, serviceEnvironmentShape, restored);
}

async function describeCurrent(
  tx: Knex,
  release: ReleaseRow,
  earlier: EarlierArtifacts,
): Promise<ServiceEnvironmentRow> {
  const { repository, environment, namespace, service } = release;
  const { position, artifact_id, intent, by_name } = release;
  const artifact =
    earlier.byTree.get(release.tree ?? '') ??
    (artifact_id === null
      ? undefined
      : await tx('artifacts')
          .where({ repository, namespace, service, artifact_id })
          .first('application_commit', 'plan_commit', 'branch', 'squad'));
  return {
    repository,
    environment,
    namespace,
    service,
    position,
    removed: intent === 'removed',
    artifact_id,
    application_commit: artifact?.application_commit ?? null,
    plan_commit: artifact?.plan_commit ?? null,
    branch: artifact?.branch ?? null,
    artifact_squad: artifact?.squad ?? null,
    intent,
    released_at: Number(release.released_at),
    by_name,
    behind: null,
  };
}
