import { Knex } from 'knex';
import { describeMissing } from './describeMissing';
import { readTrafficSources } from './sourceRows';

/** Reads why traffic isn't known; null where it is. */
export async function readTrafficMissing(
  knex: Knex,
  now: number,
): Promise<string | null> {
  return describeMissing(await readTrafficSources(knex), now);
}
