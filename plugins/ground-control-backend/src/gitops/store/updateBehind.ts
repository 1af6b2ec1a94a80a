import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { findBefore } from '../../lib/findBefore';
import { Build, countBehind } from '../behind';

interface PlaceRow {
  environment: string;
  namespace: string;
  service: string;
  removed: boolean | number;
  behind: number | null;
  artifact_id: string | null;
  branch: string | null;
  built_at: string | number | null;
}

/** Services of one call; each costs two index look-ups. */
export const BEHIND_CHUNK = 50;

const keyOf = (row: { namespace: string; service: string }) =>
  `${row.namespace}/${row.service}`;

/**
 * Counts anew how far each environment of some services is behind, and writes
 * what changed.
 *
 * @param environments - in the order of promotion
 * @param services - at most {@link BEHIND_CHUNK}
 * @returns how many rows changed
 */
export async function updateBehind(
  tx: Knex,
  repository: string,
  environments: string[],
  services: ServiceRef[],
): Promise<number> {
  if (services.length === 0) return 0;
  const refs = services.map(({ namespace, name }) => [namespace, name]);
  const places: PlaceRow[] = await tx('service_environments as e')
    .leftJoin('artifacts as a', {
      'a.repository': 'e.repository',
      'a.namespace': 'e.namespace',
      'a.service': 'e.service',
      'a.artifact_id': 'e.artifact_id',
    })
    .where('e.repository', repository)
    .whereIn(['e.namespace', 'e.service'], refs)
    .select(
      'e.environment',
      'e.namespace',
      'e.service',
      'e.removed',
      'e.behind',
      'e.artifact_id',
      'a.branch',
      'a.built_at',
    );
  const byService = new Map<string, PlaceRow[]>();
  for (const place of places) {
    const key = keyOf(place);
    byService.set(key, [...(byService.get(key) ?? []), place]);
  }
  const found: FoundBehind[] = [];
  for (const rows of byService.values()) {
    found.push(
      ...(await countService(tx, repository, environments, rows)).filter(
        ({ place, behind }) => behind !== place.behind,
      ),
    );
  }
  await writeBehind(tx, repository, found);
  return found.length;
}

interface FoundBehind {
  place: PlaceRow;
  behind: number | null;
}

/** A statement for each number, of which there are few, and not for each row. */
async function writeBehind(
  tx: Knex,
  repository: string,
  found: FoundBehind[],
): Promise<void> {
  for (const behind of new Set(found.map(one => one.behind))) {
    await tx('service_environments')
      .where({ repository })
      .whereIn(
        ['environment', 'namespace', 'service'],
        found
          .filter(one => one.behind === behind)
          .map(({ place }) => [
            place.environment,
            place.namespace,
            place.service,
          ]),
      )
      .update({ behind });
  }
}

async function countService(
  tx: Knex,
  repository: string,
  environments: string[],
  rows: PlaceRow[],
): Promise<FoundBehind[]> {
  const { namespace, service } = rows[0];
  const times = rows
    .map(row => row.built_at)
    .filter(time => time !== null)
    .map(Number);
  const oldest = Math.min(...times);
  const newest = Math.max(...times);
  // Only builds between the oldest and the newest that runs can count.
  const builds: Build[] =
    oldest < newest
      ? (
          await tx('artifacts')
            .where({ repository, namespace, service })
            .andWhere('built_at', '>', oldest)
            .andWhere('built_at', '<=', newest)
            .select('branch', 'built_at')
        ).map(row => ({ branch: row.branch, builtAt: Number(row.built_at) }))
      : [];
  const inEnvironment = (environment: string | undefined) => {
    const row = rows.find(r => r.environment === environment);
    return row?.artifact_id
      ? {
          artifactId: row.artifact_id,
          branch: row.branch,
          builtAt: row.built_at === null ? null : Number(row.built_at),
        }
      : undefined;
  };
  return rows.map(place => {
    const { environment } = place;
    const before = findBefore(environments, environment, name =>
      rows.some(row => row.environment === name && !row.removed),
    );
    const behind = countBehind(
      builds,
      inEnvironment(environment),
      inEnvironment(before),
    );
    return { place, behind };
  });
}
