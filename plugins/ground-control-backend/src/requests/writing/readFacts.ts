import { Knex } from 'knex';
import {
  Layout,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { formatPlaceColumns, readLastEdits } from '../store/readLastEdits';
import { ReleaseRow } from '../types';
import { BranchNews, formatPlaceKey } from './readBranchNews';
import { ArrivedCommit, readArrived } from './readArrived';

/** What is known of a request before it is written. */
export interface WritingFacts {
  /** The commit of the release that is current, by the tables. */
  currentRevision: string | null;
  /** The last commit that edited the service there by hand, by the tables. */
  editRevision: string | null;
  /** A commit that touched the service there and isn't in the tables yet. */
  touchedBy?: string;
  /** A commit of the request that the branch has. */
  arrived?: ArrivedCommit;
}

/**
 * Gathers what decideWritable needs. Called after the news were read: what was
 * ingested in between is then seen here.
 */
export async function readFacts(options: {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  layout: Layout;
  rows: ReleaseRow[];
  news: BranchNews;
  base: string;
  /** Commits that the remote is known not to have taken. */
  lost: ReadonlySet<string>;
  signal: AbortSignal;
}): Promise<Map<number, WritingFacts>> {
  const { knex, repository, layout, rows, news } = options;
  const current = await readCurrentRevisions(knex, repository, rows);
  const edits = await readLastEdits(knex, repository, servicesOf(rows));
  const arrived = await readArrived({ ...options, seen: news.revisions });
  return new Map(
    rows.map(row => {
      const service = { namespace: row.namespace, name: row.service };
      const place = layout.formatPlace(row.environment, service);
      return [
        row.number,
        {
          currentRevision: current.get(formatPlaceColumns(row)) ?? null,
          editRevision: edits.get(formatPlaceColumns(row)) ?? null,
          touchedBy: news.touched.get(formatPlaceKey(place)),
          arrived: arrived.get(row.number),
        },
      ];
    }),
  );
}

async function readCurrentRevisions(
  knex: Knex,
  repository: string,
  rows: ReleaseRow[],
): Promise<Map<string, string>> {
  const found = await knex('service_environments as s')
    .join('commits as c', {
      'c.repository': 's.repository',
      'c.position': 's.position',
    })
    .where('s.repository', repository)
    .where('s.removed', false)
    .whereIn('s.service', servicesOf(rows))
    .select('s.environment', 's.namespace', 's.service', 'c.revision');
  return new Map(found.map(row => [formatPlaceColumns(row), row.revision]));
}

function servicesOf(rows: ReleaseRow[]): string[] {
  return [...new Set(rows.map(({ service }) => service))];
}
