import { Knex } from 'knex';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';

/**
 * The commit of the branch's first-parent line by which it has another one.
 *
 * @returns undefined where the branch doesn't have it; without a position where
 * ingest hasn't read it
 */
export async function readEntry(options: {
  knex: Knex;
  repository: string;
  mirror: Pick<Mirror, 'findEntry'>;
  revision: string;
  tip: string;
  signal?: AbortSignal;
}): Promise<{ revision: string; position?: number } | undefined> {
  const { knex, repository, mirror, ...wanted } = options;
  const { revision, tip, signal } = wanted;
  const entry = await mirror.findEntry({ revision, tip, signal });
  if (entry === undefined) return undefined;
  const row = await knex('commits')
    .where({ repository, revision: entry })
    .first('position');
  return { revision: entry, ...(row && { position: row.position }) };
}
