import { RequestChangeCount } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

interface CountRow {
  number: number;
  same: boolean | number;
  placed: boolean | number;
  undoes: boolean | number;
  commits: number | string;
  builds: number | string;
}

const SAME_SERVICE =
  'x.repository = q.repository and x.namespace = q.namespace and x.service = q.service';

/** When a commit was first built on the branch: built again for another plan, it is no newer. */
const firstBuilt = (of: string) =>
  `(select min(x.built_at) from artifacts x where ${SAME_SERVICE}
    and x.branch = ${of}.branch
    and (x.artifact_id = ${of}.artifact_id
      or x.application_commit = ${of}.application_commit))`;

const isPlaced = (of: string) =>
  `exists (select 1 from source_commits x where ${SAME_SERVICE}
    and x.source_commit = ${of}.application_commit)`;

/**
 * Counts what lies between the release that each request replaces and what it
 * asks for, of a page of requests at once. The same rules as readChanges,
 * which lists it for one.
 *
 * @returns by number; requests of which it isn't known are missing
 */
export async function readChangeCounts(
  knex: Knex,
  options: { numbers: number[]; mainBranch: string },
): Promise<Map<number, RequestChangeCount>> {
  const { numbers, mainBranch } = options;
  const pairs = knex('release_requests as q')
    .join('artifacts as a', {
      'a.repository': 'q.repository',
      'a.namespace': 'q.namespace',
      'a.service': 'q.service',
      'a.artifact_id': 'q.replaces_artifact_id',
    })
    .join('artifacts as b', {
      'b.repository': 'q.repository',
      'b.namespace': 'q.namespace',
      'b.service': 'q.service',
      'b.artifact_id': 'q.artifact_id',
    })
    .where('q.kind', 'release')
    .whereIn('q.number', numbers)
    .select(
      'q.number',
      'q.repository',
      'q.namespace',
      'q.service',
      'b.branch',
      'a.branch as branch_before',
      knex.raw(
        `case when a.application_commit = b.application_commit then 1 else 0 end as same`,
      ),
      knex.raw(`${firstBuilt('a')} as built_before`),
      knex.raw(`${firstBuilt('b')} as built`),
      knex.raw(
        `case when b.branch = ? and ${isPlaced('a')} and ${isPlaced(
          'b',
        )} then 1 else 0 end as placed`,
        [mainBranch],
      ),
    );
  const between = (table: string) =>
    `x.repository = p.repository and x.namespace = p.namespace
      and x.service = p.service and ${table}.branch = p.branch
      and ${table}.built_at > case when p.built < p.built_before then p.built else p.built_before end
      and ${table}.built_at <= case when p.built < p.built_before then p.built_before else p.built end`;
  const rows: CountRow[] = await knex
    .from(pairs.as('p'))
    .where(known =>
      known
        .where('p.same', 1)
        .orWhereRaw(
          'p.branch = p.branch_before and p.built is not null and p.built_before is not null',
        ),
    )
    .select(
      'p.number',
      'p.same',
      'p.placed',
      knex.raw(
        'case when p.built < p.built_before then 1 else 0 end as undoes',
      ),
      knex.raw(
        `case when p.placed = 1 then (
          select count(*) from source_commits x
          join artifacts y on y.repository = x.repository and y.namespace = x.namespace
            and y.service = x.service and y.artifact_id = x.artifact_id
          where ${between('y')}) else 0 end as commits`,
      ),
      knex.raw(
        `case when p.placed = 1 then 0 else (
          select count(*) from artifacts x where ${between(
            'x',
          )}) end as builds`,
      ),
    );
  return new Map(rows.map(row => [Number(row.number), toCount(row)]));
}

function toCount(row: CountRow): RequestChangeCount {
  // Builds of one commit differ by the plan alone.
  if (Number(row.same)) return { kind: 'commits', total: 0, undoes: false };
  const undoes = Boolean(Number(row.undoes));
  return Number(row.placed)
    ? { kind: 'commits', total: Number(row.commits), undoes }
    : { kind: 'builds', total: Number(row.builds), undoes };
}
