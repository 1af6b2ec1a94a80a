import { Knex } from 'knex';
import { IngestFacts } from '../IngestMetrics';
import { readRepositoryRow } from './repositoryRow';

/** Reads what is measured of ingest, whoever did it. */
export async function readIngestFacts(
  knex: Knex,
  repository: string,
): Promise<IngestFacts> {
  const [row, problems] = await Promise.all([
    readRepositoryRow(knex, repository),
    knex('problems').where({ repository }).count({ n: '*' }),
  ]);
  return { row, problems: Number(problems[0].n) };
}
