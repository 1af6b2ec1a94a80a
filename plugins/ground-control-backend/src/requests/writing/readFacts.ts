import { Knex } from 'knex';
import {
  Layout,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { RequestRow } from '../types';
import { BranchNews, formatPlaceKey } from './readBranchNews';

/** What is known of a request before it is written. */
export interface WritingFacts {
  /** The commit of the release that is current, by the tables. */
  currentRevision: string | null;
  /** A commit that touched the service there since it was asked for. */
  touchedBy?: string;
  /** A commit of the request that the branch has. */
  arrived?: { revision: string; by: 'branch' | 'merge' };
}

const keyOf = (row: {
  environment: string;
  namespace: string;
  service: string;
}) => JSON.stringify([row.environment, row.namespace, row.service]);

/**
 * Gathers what decideWritable needs. Called after the news were read: what was
 * ingested in between is then seen here.
 */
export async function readFacts(options: {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  layout: Layout;
  rows: RequestRow[];
  news: BranchNews;
  base: string;
  /** Commits that the remote is known not to have taken. */
  lost: ReadonlySet<string>;
  signal: AbortSignal;
}): Promise<Map<number, WritingFacts>> {
  const { knex, repository, layout, rows, news } = options;
  const current = await readCurrentRevisions(knex, repository, rows);
  const edited = await readEdits(knex, rows);
  const arrived = await readArrived(options);
  return new Map(
    rows.map(row => {
      const service = { namespace: row.namespace, name: row.service };
      const place = layout.formatPlace(row.environment, service);
      return [
        row.number,
        {
          currentRevision: current.get(keyOf(row)) ?? null,
          touchedBy:
            news.touched.get(formatPlaceKey(place)) ?? edited.get(row.number),
          arrived: arrived.get(row.number),
        },
      ];
    }),
  );
}

async function readCurrentRevisions(
  knex: Knex,
  repository: string,
  rows: RequestRow[],
): Promise<Map<string, string>> {
  const found = await knex('service_environments as s')
    .join('commits as c', {
      'c.repository': 's.repository',
      'c.position': 's.position',
    })
    .where('s.repository', repository)
    .where('s.removed', false)
    .whereIn('s.service', [...new Set(rows.map(({ service }) => service))])
    .select('s.environment', 's.namespace', 's.service', 'c.revision');
  return new Map(found.map(row => [keyOf(row), row.revision]));
}

/**
 * Manifests that somebody edited by hand since the request was made: such a
 * commit is no release, and the request would take it back unseen. One before
 * was there to be seen. Git keeps whole seconds.
 */
async function readEdits(
  knex: Knex,
  rows: RequestRow[],
): Promise<Map<number, string>> {
  const found = await knex('release_requests as r')
    .join('commit_services as s', {
      's.repository': 'r.repository',
      's.namespace': 'r.namespace',
      's.service': 'r.service',
      's.environment': 'r.environment',
    })
    .join('commits as c', {
      'c.repository': 's.repository',
      'c.position': 's.position',
    })
    .whereIn(
      'r.number',
      rows.map(({ number }) => number),
    )
    .whereRaw('s.position > coalesce(r.replaces_position, 0)')
    .whereRaw('c.committed_at > r.requested_at - 1000')
    .select('r.number', 'c.revision');
  return new Map(found.map(({ number, revision }) => [number, revision]));
}

async function readArrived(options: {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  rows: RequestRow[];
  news: BranchNews;
  base: string;
  lost: ReadonlySet<string>;
  signal: AbortSignal;
}): Promise<Map<number, NonNullable<WritingFacts['arrived']>>> {
  const { knex, repository, mirror, rows, news, base, lost, signal } = options;
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
  const arrived = new Map<number, NonNullable<WritingFacts['arrived']>>();
  for (const { number, revision, position } of built) {
    if (position !== null || news.revisions.has(revision)) {
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
    if (merged.has(revision)) arrived.set(number, { revision, by: 'merge' });
  }
  return arrived;
}
