import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { RequestRow } from '../types';
import { readEntry } from './readEntry';

/** A commit of ours that the branch has, by itself or by a merge. */
export type ArrivedCommit =
  | { by: 'branch'; revision: string }
  | {
      by: 'merge';
      revision: string;
      /** The merge; its position where ingest has read it. */
      entry: { revision: string; position?: number };
    };

/** Reads which of the requests' noted commits the branch has at `base`. */
export async function readArrived(options: {
  knex: Knex;
  repository: string;
  mirror: Pick<Mirror, 'findContained' | 'findEntry'>;
  rows: Array<Pick<RequestRow, 'number'>>;
  /** Commits of the branch's own line that the tables don't have yet. */
  seen: ReadonlySet<string>;
  base: string;
  /** Commits that the remote is known not to have taken. */
  lost: ReadonlySet<string>;
  signal: AbortSignal;
}): Promise<Map<number, ArrivedCommit>> {
  const { knex, repository, mirror, rows, seen, base, lost, signal } = options;
  const built: Array<{
    number: number;
    revision: string;
    position: number | null;
  }> = await knex('release_request_commits as b')
    .leftJoin('commits as c', {
      'c.repository': 'b.repository',
      'c.revision': 'b.revision',
    })
    .where('b.repository', repository)
    .whereIn(
      'b.number',
      rows.map(({ number }) => number),
    )
    .select('b.number', 'b.revision', 'c.position');
  const arrived = new Map<number, ArrivedCommit>();
  for (const { number, revision, position } of built) {
    if (position !== null || seen.has(revision)) {
      arrived.set(number, { revision, by: 'branch' });
    }
  }
  const open = built.filter(
    ({ number, revision }) => !arrived.has(number) && !lost.has(revision),
  );
  // Somebody may have merged the branch with our commit into theirs.
  const merged = new Set(
    await mirror.findContained({
      revisions: open.map(({ revision }) => revision),
      tip: base,
      signal,
    }),
  );
  for (const { number, revision } of open) {
    if (!merged.has(revision)) continue;
    const entry = await readEntry({ ...options, revision, tip: base });
    if (entry) arrived.set(number, { revision, by: 'merge', entry });
  }
  return arrived;
}
