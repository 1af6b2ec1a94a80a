import { Knex } from 'knex';
import { z } from 'zod';
import { CurrentRelease } from '../decide/types';
import { serviceKey } from '../serviceKey';

const imagesSchema = z.object({ images: z.array(z.string()).optional() });

function readImages(description: string | null): string[] {
  if (description === null) return [];
  const parsed = imagesSchema.safeParse(JSON.parse(description));
  return parsed.success ? parsed.data.images ?? [] : [];
}

/**
 * Reads what is released in an environment.
 *
 * @param above - only what changed after that position
 * @returns by service; undefined for what was removed
 */
export async function readReleases(
  knex: Knex,
  repository: string,
  environment: string,
  above = -1,
): Promise<Map<string, CurrentRelease | undefined>> {
  const rows = await knex('service_environments as e')
    .leftJoin('artifacts as a', {
      'a.repository': 'e.repository',
      'a.namespace': 'e.namespace',
      'a.service': 'e.service',
      'a.artifact_id': 'e.artifact_id',
    })
    .where({ 'e.repository': repository, 'e.environment': environment })
    .andWhere('e.position', '>', above)
    .select(
      'e.namespace',
      'e.service',
      'e.position',
      'e.removed',
      'e.artifact_id',
      'e.released_at',
      'a.description',
    );
  return new Map(
    rows.map(row => [
      serviceKey(row.namespace, row.service),
      row.removed
        ? undefined
        : {
            position: row.position,
            images: readImages(row.description),
            releasedAt: Number(row.released_at),
            ...(row.artifact_id !== null && { artifactId: row.artifact_id }),
          },
    ]),
  );
}
