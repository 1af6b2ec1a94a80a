import {
  Artifact,
  RequestChanges,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import {
  buildBuilds,
  buildCommits,
  buildCompare,
  ChangedBuild,
  findSpan,
  isSpan,
  MOST_CHANGES,
  Span,
} from './buildChanges';

interface Where {
  repository: string;
  service: ServiceRef;
}

interface BuildRow {
  artifact_id: string;
  application_commit: string | null;
  branch: string | null;
  built_at: number | string | null;
  description: string;
}

const BUILD_COLUMNS = [
  'artifact_id',
  'application_commit',
  'branch',
  'built_at',
  'description',
];

function toBuild(row: BuildRow): ChangedBuild {
  const { message, author, commitUrl }: Artifact = JSON.parse(row.description);
  return {
    artifactId: row.artifact_id,
    ...(row.application_commit && { commit: row.application_commit }),
    ...(row.branch && { branch: row.branch }),
    ...(row.built_at !== null && { builtAt: Number(row.built_at) }),
    ...(message && { message: message.split('\n')[0] }),
    ...(author && { author: author.name }),
    ...(commitUrl && { commitUrl }),
  };
}

function queryBuilds(knex: Knex, { repository, service }: Where) {
  return knex('artifacts').where({
    'artifacts.repository': repository,
    'artifacts.namespace': service.namespace,
    'artifacts.service': service.name,
  });
}

function querySpan(knex: Knex, where: Where, span: Span) {
  return queryBuilds(knex, where)
    .where('artifacts.branch', span.branch)
    .where('artifacts.built_at', '>', span.after)
    .where('artifacts.built_at', '<=', span.until);
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const [{ total }] = await query.count({ total: '*' });
  return Number(total);
}

/** Whether the source history has placed both, and so all between. */
async function hasHistory(
  knex: Knex,
  { repository, service }: Where,
  commits: Array<string | undefined>,
): Promise<boolean> {
  if (commits.some(commit => commit === undefined)) return false;
  const found = await knex('source_commits')
    .where({
      repository,
      namespace: service.namespace,
      service: service.name,
    })
    .whereIn('source_commit', commits as string[])
    .pluck('source_commit');
  return new Set(found).size === new Set(commits).size;
}

async function readCommits(
  knex: Knex,
  where: Where,
  span: Span,
  requested: ChangedBuild,
): Promise<RequestChanges> {
  const query = querySpan(knex, where, span).join('source_commits', join =>
    join
      .on('source_commits.repository', 'artifacts.repository')
      .andOn('source_commits.namespace', 'artifacts.namespace')
      .andOn('source_commits.service', 'artifacts.service')
      .andOn('source_commits.artifact_id', 'artifacts.artifact_id'),
  );
  const [rows, total] = await Promise.all([
    query
      .clone()
      .orderBy([
        { column: 'artifacts.built_at', order: 'desc' },
        { column: 'source_commits.committed_at', order: 'desc' },
        { column: 'source_commits.source_commit' },
      ])
      .limit(MOST_CHANGES)
      .select(
        'source_commits.source_commit',
        'source_commits.title',
        'source_commits.author',
        'source_commits.committed_at',
      ),
    count(query.clone()),
  ]);
  const commits = rows.map((row: any) => ({
    commit: row.source_commit,
    title: row.title,
    author: row.author,
    committedAt: Number(row.committed_at),
  }));
  return buildCommits(commits, { total, span, requested });
}

async function readBuilds(
  knex: Knex,
  where: Where,
  span: Span,
): Promise<RequestChanges> {
  const query = querySpan(knex, where, span);
  const [rows, total] = await Promise.all([
    query
      .clone()
      .orderBy([{ column: 'built_at', order: 'desc' }, 'artifact_id'])
      .limit(MOST_CHANGES)
      .select(BUILD_COLUMNS) as Promise<BuildRow[]>,
    count(query.clone()),
  ]);
  return buildBuilds(rows.map(toBuild), { total, span });
}

/** A build as its row has it; undefined where there is none. */
export async function readBuild(
  knex: Knex,
  where: Where,
  artifactId: string,
): Promise<ChangedBuild | undefined> {
  const row: BuildRow | undefined = await queryBuilds(knex, where)
    .where({ artifact_id: artifactId })
    .first(BUILD_COLUMNS);
  if (!row?.application_commit || row.branch === null) {
    return row && toBuild(row);
  }
  // A commit that is built again, for another plan, is no newer for it.
  const first = await queryBuilds(knex, where)
    .where({ application_commit: row.application_commit, branch: row.branch })
    .min({ built_at: 'built_at' })
    .first();
  return toBuild({ ...row, built_at: first?.built_at ?? row.built_at });
}

/**
 * Reads what lies between the artifact that runs and the one that is wished
 * for: commits, where the source history told them; else builds, else why not.
 * Without commits, both artifacts' own are named.
 *
 * The first build of the main branch that contains a commit holds it, so the
 * commits of the builds between two of that branch are those that lie between.
 * Of other branches that can't be told from rows.
 */
export async function readChanges(
  knex: Knex,
  options: Where & {
    environment: string;
    mainBranch: string;
    /** Of the release that is current. */
    runningId?: string;
    requestedId: string;
  },
): Promise<RequestChanges> {
  const { runningId, requestedId } = options;
  const [running, requested] = await Promise.all([
    runningId === undefined ? undefined : readBuild(knex, options, runningId),
    readBuild(knex, options, requestedId),
  ]);
  const found = findSpan(
    options.environment,
    running ??
      (runningId === undefined ? undefined : { artifactId: runningId }),
    requested ?? { artifactId: requestedId },
  );
  const compare = buildCompare(running, requested);
  if (!isSpan(found)) return { ...found, ...compare };
  const known =
    found.branch === options.mainBranch &&
    (await hasHistory(knex, options, [running?.commit, requested?.commit]));
  return known
    ? readCommits(knex, options, found, requested!)
    : { ...(await readBuilds(knex, options, found)), ...compare };
}
