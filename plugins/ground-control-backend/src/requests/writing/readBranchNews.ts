import { Knex } from 'knex';
import {
  Layout,
  LayoutPlace,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { readRepositoryRow } from '../../gitops/store/repositoryRow';

/** What the branch has that the tables don't have yet. */
export interface BranchNews {
  /** Of the last commit that the tables have. */
  position: number;
  revisions: Set<string>;
  /** Places that were touched, by formatPlaceKey; the last commit of each. */
  touched: Map<string, string>;
}

/** More is ingest's to read first. */
const MAX_COMMITS = 2_000;

export function formatPlaceKey(place: LayoutPlace): string {
  return `${place.environment}/${place.folder}/${place.service}`;
}

/**
 * Reads the commits from where the tables end up to `base`.
 *
 * @returns undefined when `base` doesn't go on from there, or is so far off
 * that ingest has to catch up first: nothing can be decided then
 */
export async function readBranchNews(options: {
  knex: Knex;
  repository: string;
  mirror: Mirror;
  layout: Layout;
  base: string;
  signal: AbortSignal;
}): Promise<BranchNews | undefined> {
  const { knex, repository, mirror, layout, base, signal } = options;
  const row = await readRepositoryRow(knex, repository);
  if (!row?.tip) return undefined;
  const news: BranchNews = {
    position: row.position,
    revisions: new Set(),
    touched: new Map(),
  };
  if (row.tip === base) return news;
  const known = await (
    await mirror.objects()
  ).read(row.tip, { maxBytes: 0, signal });
  if (known.found === 'no') return undefined;
  let parent = row.tip;
  const log = mirror.log({
    from: row.tip,
    to: base,
    keep: path => layout.readPath(path).kind !== 'other',
    signal,
  });
  for await (const commits of log) {
    for (const commit of commits) {
      if (commit.parent !== parent || news.revisions.size >= MAX_COMMITS) {
        return undefined;
      }
      parent = commit.revision;
      news.revisions.add(commit.revision);
      for (const { path } of commit.changes) {
        const found = layout.readPath(path);
        if ('folder' in found) {
          news.touched.set(formatPlaceKey(found), commit.revision);
        }
      }
    }
  }
  return parent === base ? news : undefined;
}
