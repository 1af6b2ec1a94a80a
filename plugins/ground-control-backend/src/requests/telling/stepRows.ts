import { Knex } from 'knex';
import { addStep } from '../addStep';
import { EXPIRING_MS } from '../expiringMs';
import { lockRequests } from '../store/lockRequests';
import { parseRequestRow } from '../store/parseRequestRow';
import { readAskedAccess } from '../store/readAskedAccess';
import { readRequestClusters } from '../store/readRequestClusters';
import { EXPIRING } from './decideTelling';
import { UntoldStep } from './types';

/** Reads steps that nobody was told of, oldest first. */
export async function readUntold(
  knex: Knex,
  repository: string,
  limit: number,
): Promise<UntoldStep[]> {
  const steps = await knex('release_request_steps as s')
    .join('release_requests as q', 'q.number', 's.number')
    .where('q.repository', repository)
    .whereNull('s.told_at')
    .orderBy('s.step')
    .limit(limit)
    .select('s.*');
  if (steps.length === 0) return [];
  const numbers: number[] = [...new Set(steps.map(({ number }) => number))];
  const [rows, clusters, asked] = await Promise.all([
    knex('release_requests').whereIn('number', numbers),
    readRequestClusters(knex, numbers),
    readAskedAccess(knex, numbers),
  ]);
  const requests = new Map(
    rows.map(parseRequestRow).map(row => [row.number, row]),
  );
  return steps.map(step => ({
    step: { ...step, at: Number(step.at) },
    request: requests.get(step.number)!,
    clusters: clusters.get(step.number) ?? [],
    access: asked.get(step.number),
  }));
}

/** Notes that people were told of steps, or needn't be. */
export async function noteTold(
  tx: Knex,
  steps: number[],
  now: number,
): Promise<void> {
  await tx('release_request_steps')
    .whereIn('step', steps)
    .whereNull('told_at')
    .update({ told_at: now });
}

/**
 * Finds undecided requests that expire within the hour and were not said to.
 * One that was asked for less than two hours is left alone: its deciders have
 * just been told.
 */
export async function findExpiring(
  knex: Knex,
  repository: string,
  now: number,
): Promise<number[]> {
  return knex('release_requests as q')
    .where({ 'q.repository': repository, 'q.state': 'pending' })
    .where('q.expires_at', '>', now)
    .where('q.expires_at', '<=', now + EXPIRING_MS)
    .whereRaw('q.expires_at - q.requested_at > ?', [2 * EXPIRING_MS])
    .whereNotExists(
      knex('release_request_steps as s')
        .select(knex.raw('1'))
        .whereRaw('s.number = q.number')
        .where('s.code', EXPIRING),
    )
    .orderBy('q.number')
    .limit(100)
    .pluck('q.number');
}

/** Puts a step for it in each timeline, which is then told as any other. */
export async function addExpiring(
  tx: Knex.Transaction,
  numbers: number[],
  now: number,
): Promise<void> {
  for (const row of await lockRequests(tx, numbers)) {
    if (row.state !== 'pending') continue;
    await addStep(tx, { number: row.number, at: now, code: EXPIRING });
  }
}
