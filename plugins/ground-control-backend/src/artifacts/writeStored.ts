import { Knex } from 'knex';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { ArtifactKey } from '@ground-control/backstage-plugin-ground-control-node';
import { TableShape, writeRows } from '../database/writeRows';
import { artifactShape, problemShape } from '../gitops/store/shapes';
import { ArtifactRow, ProblemRow } from '../gitops/types';
import { storePath } from './decideStored';

/** Of what both know, the config repository's description counts. */
const storedShape: TableShape<ArtifactRow & { arrived_at: number | null }> = {
  ...artifactShape,
  columns: [...artifactShape.columns, 'arrived_at'],
  merge: ['in_store'],
};

/** What a look into the store changes in the tables. */
export interface StoredChanges {
  rows: ArtifactRow[];
  problems: ProblemRow[];
  removed: ArtifactKey[];
  /**
   * When the rows' artifacts came, in milliseconds since 1970; absent where they
   * may have been there for long. What is known already keeps what it has.
   */
  arrivedAt?: number;
}

/**
 * Writes what was found in the store; returns the services whose builds are
 * others now.
 */
export async function writeStored(
  tx: Knex,
  repository: string,
  changes: StoredChanges,
): Promise<ServiceRef[]> {
  const arrived_at = changes.arrivedAt ?? null;
  await writeRows(
    tx,
    storedShape,
    changes.rows.map(row => ({ ...row, arrived_at })),
  );
  const mended = [
    ...changes.rows.map(row => ({
      service: row.service,
      artifactId: row.artifact_id,
    })),
    ...changes.removed,
  ].map(storePath);
  if (mended.length > 0) {
    await tx('problems')
      .where({ repository })
      .whereNull('position')
      .whereIn('path', mended)
      .delete();
  }
  await writeRows(tx, problemShape, changes.problems);
  const touched: ServiceRef[] = changes.rows.map(row => ({
    namespace: row.namespace,
    name: row.service,
  }));
  for (const { service, artifactId } of changes.removed) {
    const where = { repository, service, artifact_id: artifactId };
    const rows = await tx('artifacts').where(where).select('namespace');
    touched.push(
      ...rows.map(row => ({ namespace: row.namespace, name: service })),
    );
    await tx('artifacts').where(where).update({ in_store: false });
    await tx('artifacts')
      .where({ ...where, in_repository: false })
      .delete();
  }
  const byName = new Map(
    touched.map(ref => [`${ref.namespace}/${ref.name}`, ref]),
  );
  return [...byName.values()];
}
