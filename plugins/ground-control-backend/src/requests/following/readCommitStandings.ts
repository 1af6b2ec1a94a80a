import { Knex } from 'knex';
import { HISTORY_REWRITTEN } from '../writing/settleMoved';
import { FollowFacts } from './types';

type CommitStanding = FollowFacts['commit'];

/** Those whose commit was looked for on the branch, and isn't there. */
async function readLost(knex: Knex, numbers: number[]): Promise<Set<number>> {
  const lost: number[] = await knex('release_request_steps')
    .whereIn('number', numbers)
    .where('code', HISTORY_REWRITTEN)
    .pluck('number');
  return new Set(lost);
}

/**
 * Reads where the commits of committed requests are, by the requests' numbers.
 *
 * @param rows - with the commit's position, as far as the tables have it
 */
export async function readCommitStandings(
  knex: Knex,
  repository: string,
  rows: Array<{ number: number; commit_position: number | null }>,
): Promise<Map<number, CommitStanding>> {
  const numbers = rows.map(({ number }) => number);
  const [tips, lost] = await Promise.all([
    knex('repositories').where({ repository }).first('tip', 'remote_tip'),
    readLost(knex, numbers),
  ]);
  const isCaughtUp = tips?.tip !== undefined && tips.tip === tips.remote_tip;
  const decide = (row: (typeof rows)[number]): CommitStanding => {
    if (row.commit_position !== null) return 'on-branch';
    return isCaughtUp && lost.has(row.number) ? 'lost' : 'unknown';
  };
  return new Map(rows.map(row => [row.number, decide(row)]));
}
