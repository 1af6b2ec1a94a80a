import { Knex } from 'knex';
import {
  RepositoryState,
  RepositoryStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import { readRepositoryRow } from './store/repositoryRow';
import { RepositoryRow } from './types';

/** A shorter way to the tip is no work worth telling. */
export const SMALL_LAG = 200;
/** Rounds that may be missed before what is known counts as stale. */
const MISSED_ROUNDS = 6;
const LEAST_STALE_MS = 60_000;
/** How long it is told that history was rewritten. */
const TELL_REWRITTEN_MS = 7 * 86_400_000;

const FAILURES: string[] = [
  'unreachable',
  'forbidden',
  'missing',
  'empty',
  'failing',
] satisfies RepositoryState[];

const iso = (time: number | null) =>
  time === null ? undefined : new Date(time).toISOString();

/** When a repository is looked at, and how often it should have been. */
interface StatusOptions {
  pollIntervalMs: number;
  now: number;
  /** What people call it, at the start of a sentence; `The config repository` by default. */
  name?: string;
}

/** Decides what the tables' last word on the repository means now. */
export function decideRepositoryStatus(
  row: RepositoryRow | undefined,
  options: StatusOptions,
): RepositoryStatus {
  const { name = 'The config repository' } = options;
  if (!row) {
    return {
      state: 'starting',
      branch: '',
      reason: `${name} has not been looked at yet.`,
    };
  }
  const missing =
    row.tip === row.remote_tip ? 0 : (row.remote_position ?? 0) - row.position;
  // What is read anew isn't the branch's until its tip is reached.
  const isAnew = row.anew_since !== null && row.tip !== row.remote_tip;
  const ingesting =
    isAnew || missing > SMALL_LAG || (row.tip === null && missing > 0);
  const state = decideState(row, ingesting, options);
  return withoutUndefined({
    state,
    branch: row.branch,
    reason:
      row.reason ??
      (state === 'stale'
        ? `${name} has not been asked for too long; is the backend that reads it running?`
        : undefined),
    revision: row.tip ?? undefined,
    position: row.tip === null ? undefined : row.position,
    committedAt: iso(row.tip_committed_at),
    observedAt: iso(row.observed_at),
    progress: ingesting
      ? {
          done: row.position,
          total: Math.max(row.position, row.remote_position ?? 0),
        }
      : undefined,
    rewrittenAt: iso(
      row.rewritten_at !== null &&
        options.now - row.rewritten_at < TELL_REWRITTEN_MS
        ? row.rewritten_at
        : null,
    ),
  });
}

function decideState(
  row: RepositoryRow,
  ingesting: boolean,
  { pollIntervalMs, now }: { pollIntervalMs: number; now: number },
): RepositoryState {
  if (FAILURES.includes(row.state)) return row.state as RepositoryState;
  if (row.state === 'starting' || row.observed_at === null) return 'starting';
  if (ingesting) return 'ingesting';
  const limit = findStaleAfter(pollIntervalMs);
  return now - row.observed_at > limit ? 'stale' : 'fresh';
}

/** How old an answer may be, in milliseconds, before it counts as stale. */
export function findStaleAfter(pollIntervalMs: number): number {
  return Math.max(pollIntervalMs * MISSED_ROUNDS, LEAST_STALE_MS);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, v]) => v !== undefined),
  ) as T;
}

/** How well a repository is read. */
export async function readRepositoryStatus(
  knex: Knex,
  options: StatusOptions & { repository: string },
): Promise<RepositoryStatus> {
  const row = await readRepositoryRow(knex, options.repository);
  return decideRepositoryStatus(row, options);
}
