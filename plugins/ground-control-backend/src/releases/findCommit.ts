import {
  CommitSearchMatch,
  CommitSearchResult,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { buildEnvironments } from './buildBoard';
import { buildPlaces } from './buildPlaces';
import { buildArtifact } from './buildRelease';
import { decideHolds } from './decideHolds';
import { applySelection, joinServices } from './queryServices';
import { readTimelines } from './readTimelines';
import { ReadContext, ReleasesSettings } from './types';
import { escapeLike } from './whereContains';

const MOST_MATCHES = 50;
/** From the shortest that git itself prints up to SHA-256, as artifacts keep them. */
const COMMIT = /^[0-9a-f]{7,64}$/i;
/** Shorter ones would find nearly everything, and tell nothing. */
const SHORTEST_ARTIFACT_ID = 3;
/** What may be the beginning of an id, whether or not one is known. */
const ARTIFACT_ID = new RegExp(`^\\S{${SHORTEST_ARTIFACT_ID},}$`);

interface MatchRow {
  namespace: string;
  service: string;
  artifact_id: string;
  description: string;
  squad_ref: string | null;
  squad_title: string | null;
  /** Of the commit that was looked for, where it isn't the artifact's own. */
  contained_commit?: string;
  contained_title?: string;
  contained_author?: string;
}

function queryArtifacts(context: ReadContext): Knex.QueryBuilder {
  const query = context
    .knex('artifacts')
    .select(
      'artifacts.namespace',
      'artifacts.service',
      'artifacts.artifact_id',
      'artifacts.description',
      'services.squad_ref',
      'squads.title as squad_title',
    )
    .orderByRaw('artifacts.built_at is null, artifacts.built_at desc')
    .orderBy(['artifacts.service', 'artifacts.artifact_id'])
    .limit(MOST_MATCHES + 1);
  joinServices(query, 'artifacts');
  query.leftJoin('squads', 'squads.squad_ref', 'services.squad_ref');
  applySelection(query, context, {});
  return query.where('artifacts.repository', context.repository);
}

/** A range, and not LIKE, so that the index serves on both databases. */
function whereCommit(
  query: Knex.QueryBuilder,
  prefix: string,
  column = 'artifacts.application_commit',
) {
  // No hex digit sorts after "g", so this is right behind all with the prefix.
  query.where(column, '>=', prefix).where(column, '<', `${prefix}g`);
}

/**
 * The first builds that contain a commit, where they were built of another:
 * what a source history told. A service that may not be seen isn't found by
 * its commits either, because the same condition narrows this.
 */
function queryContaining(
  context: ReadContext,
  prefix: string,
): Knex.QueryBuilder {
  const query = queryArtifacts(context)
    .join('source_commits as c', join =>
      join
        .on('c.repository', 'artifacts.repository')
        .andOn('c.namespace', 'artifacts.namespace')
        .andOn('c.service', 'artifacts.service')
        .andOn('c.artifact_id', 'artifacts.artifact_id'),
    )
    .select(
      'c.source_commit as contained_commit',
      'c.title as contained_title',
      'c.author as contained_author',
    )
    .where('c.repository', context.repository)
    .whereRaw(
      '(artifacts.application_commit is null or artifacts.application_commit <> c.source_commit)',
    );
  whereCommit(query, prefix, 'c.source_commit');
  return query;
}

function whereArtifactId(query: Knex.QueryBuilder, prefix: string, knex: Knex) {
  if (knex.client.config.client === 'pg') {
    // Served by an index of operator class text_pattern_ops.
    query.whereRaw(`artifacts.artifact_id like ? escape '~'`, [
      `${escapeLike(prefix)}%`,
    ]);
  } else {
    // SQLite compares bytes; nothing sorts after the last code point.
    query
      .where('artifacts.artifact_id', '>=', prefix)
      .where('artifacts.artifact_id', '<', `${prefix}\u{10FFFF}`);
  }
}

async function buildMatches(
  context: ReadContext,
  settings: ReleasesSettings,
  rows: MatchRow[],
): Promise<CommitSearchMatch[]> {
  if (rows.length === 0) return [];
  const { mainBranch } = settings;
  const timelineOf = await readTimelines(context, rows);
  return rows.map((row): CommitSearchMatch => {
    const { environments, current, releases, builds } = timelineOf(row);
    const artifactId = row.artifact_id;
    const sought = {
      build: builds.get(artifactId) ?? { artifactId },
      commit: row.contained_commit,
    };
    const holds = (id: string) =>
      decideHolds(builds.get(id) ?? { artifactId: id }, sought, mainBranch);
    const held = releases.filter(
      ({ artifact_id: id }) => id !== null && holds(id),
    );
    return {
      service: { namespace: row.namespace, name: row.service },
      ...(row.squad_ref && { squad: row.squad_ref }),
      ...(row.squad_title && { squadTitle: row.squad_title }),
      artifact: buildArtifact(row)!,
      ...(row.contained_commit && {
        containedCommit: {
          commit: row.contained_commit,
          title: row.contained_title ?? '',
          author: row.contained_author ?? '',
        },
      }),
      places: buildPlaces(
        buildEnvironments(settings.environments, [
          ...environments,
          ...held.map(release => release.environment),
        ]),
        artifactId,
        { current, releases, holds },
      ),
    };
  });
}

/**
 * Answers "where is my commit?" for a commit, the beginning of one, or the
 * beginning of an artifact id.
 */
export async function findCommit(
  context: ReadContext,
  options: { settings: ReleasesSettings; query: string; now: Date },
): Promise<CommitSearchResult> {
  const text = options.query.trim();
  let readAs: CommitSearchResult['readAs'] = ARTIFACT_ID.test(text)
    ? 'artifact'
    : 'unclear';
  let rows: MatchRow[] = [];
  if (COMMIT.test(text)) {
    readAs = 'commit';
    const prefix = text.toLowerCase();
    const query = queryArtifacts(context);
    whereCommit(query, prefix);
    const [built, containing] = await Promise.all([
      query as Promise<MatchRow[]>,
      queryContaining(context, prefix) as Promise<MatchRow[]>,
    ]);
    rows = [...built, ...containing];
  }
  if (rows.length === 0 && text.length >= SHORTEST_ARTIFACT_ID) {
    const query = queryArtifacts(context);
    whereArtifactId(query, text, context.knex);
    rows = await query;
    if (rows.length > 0) readAs = 'artifact';
  }
  return {
    asOf: options.now.toISOString(),
    query: options.query,
    readAs,
    matches: await buildMatches(
      context,
      options.settings,
      rows.slice(0, MOST_MATCHES),
    ),
    more: rows.length > MOST_MATCHES,
  };
}
