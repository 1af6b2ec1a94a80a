import { Knex } from 'knex';
import { readRepositoryRow } from '../../gitops/store/repositoryRow';
import { addStep } from '../addStep';
import { moveRequest } from '../moveRequest';
import { lockRequests } from '../store/lockRequests';

const SETTLER = 'system:ingest';
/** Each is some statements; on SQLite everybody waits for a transaction. */
const CHUNK = 25;
const REWRITTEN = 'history-rewritten';
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
  options: { repository: string; now: number },
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
  return settled + (await noteRewritten(knex, options));
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

/**
 * Says of committed requests that their commit is not on the branch any more,
 * once for each commit, and follows one that came to another position.
 */
async function noteRewritten(
  knex: Knex,
  { repository, now }: { repository: string; now: number },
): Promise<number> {
  const row = await readRepositoryRow(knex, repository);
  // While a new history is read, what isn't there may still come.
  if (!row?.tip || row.tip !== row.remote_tip) return 0;
  const lost = await knex('release_requests as r')
    .leftJoin('commits as c', {
      'c.repository': 'r.repository',
      'c.revision': 'r.revision',
    })
    .where('r.repository', repository)
    .where('r.state', 'committed')
    .where(either =>
      either.whereNull('c.position').orWhereRaw('c.position <> r.position'),
    )
    .select('r.number', 'r.revision', 'c.position');
  let noted = 0;
  for (const { number, revision, position } of lost) {
    noted += await knex.transaction(async tx => {
      const [locked] = await lockRequests(tx, [number]);
      if (locked?.state !== 'committed' || locked.revision !== revision) {
        return 0;
      }
      if (position !== null) {
        await tx('release_requests').where({ number }).update({ position });
        return 1;
      }
      const said = await tx('release_request_steps')
        .where({ number, code: REWRITTEN })
        .first('step');
      if (said) return 0;
      await addStep(tx, {
        number,
        at: now,
        code: REWRITTEN,
        by: SETTLER,
        message: `The history of the config repository was rewritten, and commit ${revision.slice(
          0,
          10,
        )} of this release is not in it any more. Look at what the service runs, and ask again if need be.`,
      });
      return 1;
    });
  }
  return noted;
}
