import { Knex } from 'knex';
import { RequestRow } from '../types';
import { parseRequestRow } from './parseRequestRow';

/** Reads one request by its number. */
export async function readRequestRow(
  knex: Knex,
  number: number,
): Promise<RequestRow | undefined> {
  const raw = await knex('release_requests').where({ number }).first();
  return raw && parseRequestRow(raw);
}
