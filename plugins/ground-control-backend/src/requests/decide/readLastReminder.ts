import { Knex } from 'knex';

/** The code of the step that somebody reminded those who decide. */
export const REMINDED = 'reminded';

/** When those who decide a request were reminded last; milliseconds since 1970. */
export async function readLastReminder(
  knex: Knex,
  number: number,
): Promise<number | undefined> {
  const row = await knex('release_request_steps')
    .where({ number, code: REMINDED })
    .max({ at: 'at' })
    .first();
  return row?.at ? Number(row.at) : undefined;
}
