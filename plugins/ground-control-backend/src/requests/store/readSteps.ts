import { Knex } from 'knex';
import { StepRow } from '../types';

/** Reads the steps of a request, oldest first. */
export async function readSteps(
  knex: Knex,
  number: number,
): Promise<StepRow[]> {
  const rows = await knex('release_request_steps')
    .where({ number })
    .orderBy('step');
  return rows.map(row => ({
    ...row,
    at: Number(row.at),
    told_at: row.told_at === null ? null : Number(row.told_at),
  }));
}
