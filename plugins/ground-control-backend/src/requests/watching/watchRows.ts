import { Knex } from 'knex';
import { parseRequestRow } from '../store/parseRequestRow';
import { readDecisions } from '../store/readDecisions';
import { OwnCommit, WatchedRelease } from './types';

/** How far releases were looked at. */
export interface Watched {
  /** Releases above it need a decision. */
  since: number;
  /** The commit there; absent at the branch's very beginning. */
  sinceRevision?: string;
  looked: number;
}

/** How far the config repository was read. */
export interface Read {
  position: number;
  /** Nothing of the branch is known to be missing. */
  caughtUp: boolean;
}

export async function readWatched(
  knex: Knex,
  repository: string,
): Promise<Watched | undefined> {
  const row = await knex('release_watch').where({ repository }).first();
  return (
    row && {
      since: row.since_position,
      ...(row.since_revision !== null && { sinceRevision: row.since_revision }),
      looked: row.looked_position,
    }
  );
}

/** The pair of {@link readWatched}. */
export async function writeWatched(
  tx: Knex,
  repository: string,
  { since, sinceRevision, looked }: Watched,
): Promise<void> {
  await tx('release_watch')
    .insert({
      repository,
      since_position: since,
      since_revision: sinceRevision ?? null,
      looked_position: looked,
    })
    .onConflict('repository')
    .merge();
}

export async function readPosition(
  knex: Knex,
  repository: string,
): Promise<Read | undefined> {
  const row = await knex('repositories')
    .where({ repository })
    .first('position', 'tip', 'remote_tip');
  return (
    row && {
      position: row.position,
      caughtUp: row.tip !== null && row.tip === row.remote_tip,
    }
  );
}

/** Where a commit is; undefined where the branch, as it was read, has it not. */
export async function findPosition(
  knex: Knex,
  repository: string,
  revision: string,
): Promise<number | undefined> {
  const row = await knex('commits')
    .where({ repository, revision })
    .first('position');
  return row?.position;
}

/** Whether watching began at the commit that is still there. */
export async function isWhereItWas(
  knex: Knex,
  repository: string,
  { since, sinceRevision }: Watched,
): Promise<boolean> {
  return (
    sinceRevision === undefined ||
    (await findPosition(knex, repository, sinceRevision)) === since
  );
}

/** The commit at a position: the same one says that all below it are the same. */
export async function readRevision(
  knex: Knex,
  repository: string,
  position: number,
): Promise<string | undefined> {
  const row = await knex('commits')
    .where({ repository, position })
    .first('revision');
  return row?.revision;
}

/** The commits at some positions, by position. */
export async function readRevisions(
  knex: Knex,
  repository: string,
  positions: number[],
): Promise<Map<number, string>> {
  const rows = await knex('commits')
    .where({ repository })
    .whereIn('position', [...new Set(positions)])
    .select('position', 'revision');
  return new Map(rows.map(row => [row.position, row.revision]));
}

/** What is read of each table, beside what both have. */
const KINDS = [
  {
    table: 'releases',
    kind: 'release',
    columns: [
      'r.artifact_id',
      'coalesce(r.by_name, c.by_name) as by_name',
      'coalesce(r.by_email, c.by_email) as by_email',
    ],
  },
  {
    table: 'commit_services',
    kind: 'edit',
    columns: ['null as artifact_id', 'c.by_name', 'c.by_email'],
  },
] as const;

/**
 * What the commits above one position, up to another, released, and which
 * releases they edited: whoever changes an image in a manifest needs no other
 * artifact for it.
 */
export async function readReleases(
  knex: Knex,
  repository: string,
  range: { above: number; upTo: number },
): Promise<WatchedRelease[]> {
  const found = await Promise.all(
    KINDS.map(async ({ table, kind, columns }) => {
      const rows: Array<Omit<WatchedRelease, 'kind'>> = await queryTouched(
        knex,
        table,
        { repository, ...range },
      ).select(columns.map(column => knex.raw(column)));
      return rows.map((row): WatchedRelease => ({ kind, ...row }));
    }),
  );
  return found.flat().sort((a, b) => a.position - b.position);
}

function queryTouched(
  knex: Knex,
  table: (typeof KINDS)[number]['table'],
  range: { repository: string; above: number; upTo: number },
): Knex.QueryBuilder {
  return (
    knex(`${table} as r`)
      .join('commits as c', {
        'c.repository': 'r.repository',
        'c.position': 'r.position',
      })
      .leftJoin('services as s', {
        's.repository': 'r.repository',
        's.namespace': 'r.namespace',
        's.service': 'r.service',
      })
      .where('r.repository', range.repository)
      // Policies are of no environment, and are told as what they are.
      .whereNot('r.environment', '')
      .where('r.position', '>', range.above)
      .where('r.position', '<=', range.upTo)
      .orderBy(['r.position', 'r.environment', 'r.namespace', 'r.service'])
      .select(
        'r.position',
        'c.revision',
        'r.environment',
        'r.namespace',
        'r.service',
        's.squad_ref',
      )
  );
}

/** The requests that commits were built for, by revision. */
export async function readOwnCommits(
  knex: Knex,
  repository: string,
  revisions: string[],
): Promise<Map<string, OwnCommit>> {
  const rows = await knex('release_request_commits as b')
    .join('release_requests as q', 'q.number', 'b.number')
    .where('b.repository', repository)
    .whereIn('b.revision', revisions)
    .select('q.*', 'b.revision as built_revision');
  const decisions = await readDecisions(
    knex,
    rows.map(({ number }) => number),
  );
  return new Map(
    rows.map(({ built_revision: revision, ...row }) => {
      const request = parseRequestRow(row);
      return [
        revision,
        { request, decisions: decisions.get(request.number) ?? [] },
      ];
    }),
  );
}
