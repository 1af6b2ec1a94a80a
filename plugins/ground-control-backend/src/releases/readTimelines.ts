import { Knex } from 'knex';
import { PlaceRow } from './buildPlaces';
import { PlacedBuild } from './decideHolds';
import { ReadContext } from './types';

/** A service's artifact that a search found. */
export interface FoundRow {
  namespace: string;
  service: string;
  artifact_id: string;
}

type Of = Pick<FoundRow, 'namespace' | 'service'>;

interface BuildRow extends FoundRow {
  application_commit: string | null;
  branch: string | null;
  built_at: number | string | null;
  first_id: string | null;
  first_commit: string | null;
  first_branch: string | null;
  first_built_at: number | string | null;
}

type ReleaseRow = Of & PlaceRow;

interface CurrentRow extends Of {
  environment: string;
  artifact_id: string | null;
}

/** What of a service tells where its artifacts are. */
export interface Timeline {
  /** Environments of the service that it isn't removed from. */
  environments: string[];
  /** By environment; those whose artifact can't be read are missing. */
  current: Map<string, string>;
  /** Those of what was found, and all that may hold it. */
  releases: PlaceRow[];
  /** By artifact id. */
  builds: Map<string, PlacedBuild>;
}

/** Clocks of CI and of who releases needn't agree. */
const SLACK_MS = 24 * 60 * 60 * 1000;
/** Of one query; databases bound how many values it may have. */
const MOST_IDS = 1_000;

function toBuild(row: BuildRow): PlacedBuild {
  const build = (
    artifactId: string,
    commit: string | null,
    branch: string | null,
    builtAt: number | string | null,
  ) => ({
    artifactId,
    ...(commit && { commit }),
    ...(branch && { branch }),
    ...(builtAt !== null && { builtAt: Number(builtAt) }),
  });
  return {
    ...build(row.artifact_id, row.application_commit, row.branch, row.built_at),
    ...(row.first_id !== null && {
      firstIn: build(
        row.first_id,
        row.first_commit,
        row.first_branch,
        row.first_built_at,
      ),
    }),
  };
}

const ofService = (table: string) => ({
  [`${table}.repository`]: 'a.repository',
  [`${table}.namespace`]: 'a.namespace',
  [`${table}.service`]: 'a.service',
});

function toRefs(rows: Of[]): string[][] {
  const refs = rows.map(row => [row.namespace, row.service]);
  return [...new Map(refs.map(ref => [ref.join('/'), ref])).values()];
}

/** The same rule as readBuild: built again for another plan, a commit is no newer. */
function queryBuilds(context: ReadContext, of: Of[]): Knex.QueryBuilder {
  const { knex, repository } = context;
  return knex('artifacts as a')
    .leftJoin('source_commits as c', {
      ...ofService('c'),
      'c.source_commit': 'a.application_commit',
    })
    .leftJoin('artifacts as f', {
      ...ofService('f'),
      'f.artifact_id': 'c.artifact_id',
    })
    .where('a.repository', repository)
    .whereIn(['a.namespace', 'a.service'], toRefs(of))
    .select(
      'a.namespace',
      'a.service',
      'a.artifact_id',
      'a.application_commit',
      'a.branch',
      knex.raw(
        `coalesce((select min(x.built_at) from artifacts x
          where x.repository = a.repository and x.namespace = a.namespace
            and x.service = a.service and x.branch = a.branch
            and x.application_commit = a.application_commit), a.built_at) as built_at`,
      ),
      'f.artifact_id as first_id',
      'f.application_commit as first_commit',
      'f.branch as first_branch',
      'f.built_at as first_built_at',
    );
}

function queryReleases({ knex, repository }: ReadContext, of: Of[]) {
  return knex('releases as r')
    .where('r.repository', repository)
    .whereIn(['r.namespace', 'r.service'], toRefs(of))
    .select(
      'r.environment',
      'r.namespace',
      'r.service',
      'r.position',
      'r.artifact_id',
      'r.released_at',
      'r.replaced_at',
    );
}

/**
 * Reads what was released of the services of some dozens of artifacts, since
 * the first of these was built: before that, nothing can hold them.
 *
 * @returns the timeline of each service, which is empty for others
 */
export async function readTimelines(
  context: ReadContext,
  found: FoundRow[],
): Promise<(of: Of) => Timeline> {
  const { knex, repository } = context;
  const ids = [...new Set(found.map(row => row.artifact_id))];
  const [own, current, sought]: [ReleaseRow[], CurrentRow[], BuildRow[]] =
    await Promise.all([
      queryReleases(context, found).whereIn('r.artifact_id', ids),
      knex('service_environments')
        .where({ repository, removed: false })
        .whereIn(['namespace', 'service'], toRefs(found))
        .select('environment', 'namespace', 'service', 'artifact_id'),
      queryBuilds(context, found).whereIn('a.artifact_id', ids),
    ]);
  const since =
    Math.min(
      Number.MAX_SAFE_INTEGER,
      ...sought.flatMap(row => [
        Number(row.built_at),
        Number(row.first_built_at ?? row.built_at),
      ]),
    ) - SLACK_MS;
  const releases: ReleaseRow[] = await queryReleases(context, found).where(
    query =>
      query.where('r.released_at', '>=', since).orWhereNull('r.replaced_at'),
  );
  const builds: BuildRow[] = [];
  // By their ids and not by a join: PostgreSQL would read all releases for it.
  const released = [...new Set(releases.flatMap(row => row.artifact_id ?? []))];
  for (let at = 0; at < released.length; at += MOST_IDS) {
    const some = released.slice(at, at + MOST_IDS);
    const query = queryBuilds(context, found);
    builds.push(...(await query.whereIn('a.artifact_id', some)));
  }
  return of => {
    const isOf = (row: Of) =>
      row.namespace === of.namespace && row.service === of.service;
    const here = current.filter(isOf);
    const rows = [...own, ...releases].filter(isOf);
    return {
      environments: here.map(row => row.environment),
      current: new Map(
        here.flatMap(row =>
          row.artifact_id === null ? [] : [[row.environment, row.artifact_id]],
        ),
      ),
      releases: [
        ...new Map(
          rows.map(row => [`${row.environment} ${row.position}`, row]),
        ).values(),
      ],
      builds: new Map(
        [...sought, ...builds]
          .filter(isOf)
          .map(row => [row.artifact_id, toBuild(row)]),
      ),
    };
  };
}
