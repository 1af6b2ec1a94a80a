import { Knex } from 'knex';
import { z } from 'zod';
import { NewBuild } from './types';

/** Of one round; the next takes the rest. */
export const MAX_BUILDS = 200;

/** When a build was made, or else came; of `artifacts` by that name or another. */
export function builtOrCame(table: string): string {
  return `coalesce(${table}.built_at, ${table}.arrived_at)`;
}

const authorSchema = z
  .object({ author: z.object({ name: z.string(), email: z.string() }) })
  .partial();

/** Reads builds in the store that were not decided yet, oldest first. */
export async function readNewBuilds(
  knex: Knex,
  repository: string,
): Promise<NewBuild[]> {
  const rows = await knex('artifacts')
    .where({ repository, in_store: true, auto_release_decided: false })
    .orderByRaw(`${builtOrCame('artifacts')}, artifact_id`)
    .limit(MAX_BUILDS)
    .select(
      'namespace',
      'service',
      'artifact_id',
      'branch',
      'description',
      knex.raw(`${builtOrCame('artifacts')} as built_at`),
    );
  return rows.map(row => {
    const { author } = authorSchema.parse(JSON.parse(row.description));
    return {
      namespace: row.namespace,
      service: row.service,
      artifactId: row.artifact_id,
      branch: row.branch,
      builtAt: row.built_at === null ? null : Number(row.built_at),
      ...(author && { author }),
    };
  });
}

/** Marks builds as decided, so that they are not looked at again. */
export async function writeDecided(
  tx: Knex,
  repository: string,
  builds: readonly NewBuild[],
): Promise<void> {
  for (const { namespace, service, artifactId } of builds) {
    await tx('artifacts')
      .where({ repository, namespace, service, artifact_id: artifactId })
      .update({ auto_release_decided: true });
  }
}
