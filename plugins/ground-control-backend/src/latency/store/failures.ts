import { Knex } from 'knex';
import { LinkFailure } from '@ground-control/backstage-plugin-ground-control-common';
import { LatencyFailure } from '@ground-control/backstage-plugin-ground-control-node';
import { z } from 'zod';
import { pairKey } from '../book/pairKey';
import { PairNames } from './days';

const MOST = 20;

const schema = z.array(
  z.object({
    at: z.number(),
    result: z.string(),
    reason: z.string(),
    phase: z.string().optional(),
    elapsedMs: z.number().optional(),
  }),
);
type Kept = z.infer<typeof schema>[number];

/** Joins what is kept with what is told, newest first and each once. */
export function joinFailures(kept: Kept[], told: Kept[]): Kept[] {
  const byMoment = new Map<string, Kept>();
  for (const failure of [...told, ...kept]) {
    const key = `${Math.round(failure.at / 1_000)} ${failure.result}`;
    if (!byMoment.has(key)) byMoment.set(key, failure);
  }
  return [...byMoment.values()].sort((a, b) => b.at - a.at).slice(0, MOST);
}

async function read(knex: Knex, { from, to }: PairNames): Promise<Kept[]> {
  const row = await knex('latency_failures')
    .where({ from_cluster: from, to_cluster: to })
    .first('failures');
  return row ? schema.parse(JSON.parse(row.failures)) : [];
}

/** The last lost probes of a link, newest first. */
export async function readFailures(
  knex: Knex,
  pair: PairNames,
): Promise<LinkFailure[]> {
  const kept = await read(knex, pair);
  return kept.map(failure => ({
    ...failure,
    at: new Date(failure.at).toISOString(),
  }));
}

/** Keeps what a source tells of lost probes, also when it forgets them. */
export async function writeFailures(
  tx: Knex,
  failures: readonly LatencyFailure[],
): Promise<void> {
  const byPair = new Map<string, LatencyFailure[]>();
  for (const failure of failures) {
    const key = pairKey(failure.from, failure.to);
    const some = byPair.get(key);
    if (some) some.push(failure);
    else byPair.set(key, [failure]);
  }
  for (const told of byPair.values()) {
    const [{ from, to }] = told;
    const kept = await read(tx, { from, to });
    const joined = joinFailures(
      kept,
      told.map(({ at, result, reason, phase, elapsedMs }) => ({
        at,
        result,
        reason,
        phase,
        elapsedMs,
      })),
    );
    await tx('latency_failures')
      .insert({
        from_cluster: from,
        to_cluster: to,
        failures: JSON.stringify(joined),
      })
      .onConflict(['from_cluster', 'to_cluster'])
      .merge(['failures']);
  }
}
