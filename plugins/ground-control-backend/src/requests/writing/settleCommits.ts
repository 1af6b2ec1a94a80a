import { Knex } from 'knex';
import { moveRequest } from '../moveRequest';
import { lockRequests } from '../store/lockRequests';
import { BranchMirror, settleMoved } from './settleMoved';

const SETTLER = 'system:ingest';
/** Each is some statements; on SQLite everybody waits for a transaction. */
const CHUNK = 25;
/** Those that a commit can still come to, whatever was said meanwhile. */
const OPEN_TO_COMMIT = [
  'approved',
  'held',
  'cancelled',
  'expired',
  'outdated',
  'superseded',
  'failed',
];

interface ArrivedCommit {
  number: number;
  revision: string;
  position: number;
  committedAt: number;
}

/**
 * Brings requests to `committed` whose commit ingest has read from the branch.
 * A commit is ours by its id alone, because we noted it before it was pushed:
 * what others' messages say counts for nothing.
 *
 * @returns how many requests changed
 */
export async function settleCommits(
  knex: Knex,
  options: { repository: string; mirror: BranchMirror; now: number },
): Promise<number> {
  const { now } = options;
  const arrived = await readArrived(knex, options.repository);
  let settled = 0;
  for (let at = 0; at < arrived.length; at += CHUNK) {
    const chunk = arrived.slice(at, at + CHUNK);
    settled += await knex.transaction(async tx => {
      await lockRequests(
        tx,
        chunk.map(({ number }) => number),
      );
      let moved = 0;
      for (const commit of chunk) {
        if (await settle(tx, commit, now)) moved += 1;
      }
      return moved;
    });
  }
  return settled + (await settleMoved(knex, options));
}

async function readArrived(
  knex: Knex,
  repository: string,
): Promise<ArrivedCommit[]> {
  const rows = await knex('release_requests as r')
    .join('release_request_commits as b', 'b.number', 'r.number')
    .join('commits as c', {
      'c.repository': 'b.repository',
      'c.revision': 'b.revision',
    })
    .where('r.repository', repository)
    .whereIn('r.state', OPEN_TO_COMMIT)
    .whereNull('r.revision')
    .orderBy('r.number')
    .select('r.number', 'c.revision', 'c.position', 'c.committed_at');
  return rows.map(row => ({
    number: row.number,
    revision: row.revision,
    position: row.position,
    committedAt: Number(row.committed_at),
  }));
}

async function settle(
  tx: Knex.Transaction,
  { number, revision, position, committedAt }: ArrivedCommit,
  now: number,
): Promise<boolean> {
  const moved = await moveRequest(tx, {
    number,
    event: {
      type: 'commit',
      at: now,
      code: 'committed',
      actor: SETTLER,
      changes: { revision, position, committed_at: committedAt },
    },
  });
  return moved !== undefined;
}
