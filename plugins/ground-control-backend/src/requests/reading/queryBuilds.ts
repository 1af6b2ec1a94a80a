import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ReadContext } from '../../releases';
import { whereContains } from '../../releases/whereContains';
import { CandidateCursor } from './candidateCursor';

/** An artifact of a service, as it is shown among what can be released. */
export interface BuildRow {
  artifact_id: string;
  description: string;
  branch: string | null;
  built_at: number | string | null;
  in_store: boolean | number;
}

function whereOlder(
  query: Knex.QueryBuilder,
  { builtAt, artifactId }: CandidateCursor,
): void {
  query.where(older => {
    older.where(same =>
      same.where({ built_at: builtAt }).where('artifact_id', '>', artifactId),
    );
    if (builtAt !== null) {
      older.orWhere('built_at', '<', builtAt).orWhereNull('built_at');
    }
  });
}

/**
 * The artifacts of a service, newest first. With a text, those in whose
 * description it stands: anywhere in the JSON, so more than are meant.
 */
export function queryBuilds(
  { knex, repository }: ReadContext,
  options: { service: ServiceRef; before?: CandidateCursor; text?: string },
): Knex.QueryBuilder {
  const { service, before, text } = options;
  const query = knex('artifacts')
    .where({ repository, namespace: service.namespace, service: service.name })
    .orderByRaw('built_at is null, built_at desc, artifact_id')
    .select('artifact_id', 'description', 'branch', 'built_at', 'in_store');
  if (before) whereOlder(query, before);
  if (text) {
    whereContains(query, 'description', JSON.stringify(text).slice(1, -1));
  }
  return query;
}

/** Where a page ends whose last artifact this is. */
export function toCandidateCursor(row: BuildRow): CandidateCursor {
  return {
    builtAt: row.built_at === null ? null : Number(row.built_at),
    artifactId: row.artifact_id,
  };
}
