import { Knex } from 'knex';
import { DecisionRow } from '../types';
import { parseDecisionRow } from './parseRequestRow';

/** Reads decisions on requests, oldest first, by the requests' numbers. */
export async function readDecisions(
  knex: Knex,
  numbers: number[],
): Promise<Map<number, DecisionRow[]>> {
  const rows = await knex('release_request_decisions')
    .whereIn('number', numbers)
    .orderBy(['number', 'decided_at', 'decided_by']);
  const decisions = new Map<number, DecisionRow[]>(
    numbers.map(number => [number, []]),
  );
  for (const row of rows) {
    decisions.get(Number(row.number))?.push(parseDecisionRow(row));
  }
  return decisions;
}
