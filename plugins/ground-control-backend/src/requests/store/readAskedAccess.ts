import { AskedAccess } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

/** A row of `access_requests`; see the migration. */
export interface AskedAccessRow {
  number: number;
  /** An AccessWish as JSON, its squad filled in. */
  wish: string;
  path: string;
  entry: string;
  address: string;
}

/**
 * Reads what was asked for of the gateway's entries, by the requests' numbers;
 * releases are left out.
 */
export async function readAskedAccess(
  knex: Knex,
  numbers: number[],
): Promise<Map<number, AskedAccess>> {
  if (numbers.length === 0) return new Map();
  const rows = await knex('access_requests as a')
    .join('release_requests as r', 'r.number', 'a.number')
    .whereIn('a.number', numbers)
    .select('a.*', 'r.subject');
  return new Map(
    rows.map(({ number, wish, subject, path, entry, address }) => [
      Number(number),
      { wish: JSON.parse(wish), entryId: subject, path, entry, address },
    ]),
  );
}
