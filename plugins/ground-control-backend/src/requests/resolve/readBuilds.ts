import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

/** A build of a service, as far as choosing one needs it. */
export interface BuildRow {
  artifact_id: string;
  in_store: boolean;
}

function queryBuilds(
  knex: Knex,
  { repository, service }: { repository: string; service: ServiceRef },
) {
  return knex('artifacts')
    .where({ repository, namespace: service.namespace, service: service.name })
    .select('artifact_id', 'in_store');
}

function parseBuild(row?: BuildRow): BuildRow | undefined {
  return row && { ...row, in_store: Boolean(row.in_store) };
}

/** Reads one build by its id. */
export async function readBuild(
  knex: Knex,
  key: { repository: string; service: ServiceRef },
  artifactId: string,
): Promise<BuildRow | undefined> {
  return parseBuild(
    await queryBuilds(knex, key).where({ artifact_id: artifactId }).first(),
  );
}

/** Reads the newest build of exactly this branch; those without a time come last. */
export async function readNewestBuild(
  knex: Knex,
  key: { repository: string; service: ServiceRef },
  branch: string,
): Promise<BuildRow | undefined> {
  return parseBuild(
    await queryBuilds(knex, key)
      .where({ branch })
      .orderByRaw('built_at is null, built_at desc, artifact_id')
      .first(),
  );
}
