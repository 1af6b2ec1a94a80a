import {
  ActivityKind,
  ActivityPage,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { buildActivity, CommitRow } from './buildActivity';
import { Cursor, formatCursor } from './cursor';
import {
  queryTouches,
  whereNothingHidden,
  whereTouched,
  whereUntouched,
} from './queryTouches';
import { countTouches, isCatalogRead, readTouches } from './readTouches';
import { ReadContext, ReleasesSettings } from './types';
import { whereContains } from './whereContains';

/** Which commits a page of activity shows. */
export interface ActivityFilter {
  kinds?: ActivityKind[];
  squads?: string[];
  environments?: string[];
  service?: ServiceRef;
  text?: string;
  before?: Cursor;
  limit: number;
}

/** Only a text with a digit and no blank can be a part of an artifact id. */
function mayBeArtifactId(text: string): boolean {
  return /\d/.test(text) && !/\s/.test(text);
}

function whereText(
  query: Knex.QueryBuilder,
  context: ReadContext,
  text: string,
  restricted: boolean,
): void {
  query.where(any => {
    any.where(title => {
      whereContains(title, 'commits.title', text);
      // A title that is withheld may not be found either.
      if (restricted) whereNothingHidden(title, context);
    });
    any.orWhere(name => whereContains(name, 'commits.by_name', text));
    if (mayBeArtifactId(text)) {
      const releases = queryTouches(context, 'releases');
      whereContains(releases, 'releases.artifact_id', text);
      any.orWhereIn('commits.position', releases.select('releases.position'));
    }
  });
}

/** Titles that may name services that the reader may not see are withheld. */
function isRestricted(context: ReadContext, mayReadRepository: boolean) {
  return context.services.kind !== 'all' && !mayReadRepository;
}

/** As they are told: a release to an environment that isn't configured is stored among all else. */
function whereKind(commits: Knex.QueryBuilder, kinds: ActivityKind[]) {
  commits.whereIn(
    'commits.kind',
    kinds.filter(kind => kind !== 'other'),
  );
  const isOther = (other: Knex.QueryBuilder) =>
    other.where('commits.kind', 'other');
  if (kinds.includes('other')) {
    commits.orWhere(other =>
      isOther(other).whereNull('commits.unknown_environment'),
    );
  }
  if (kinds.includes('release')) {
    commits.orWhere(other =>
      isOther(other).whereNotNull('commits.unknown_environment'),
    );
  }
}

function queryCommits(
  context: ReadContext,
  filter: ActivityFilter,
  mayReadRepository: boolean,
): Knex.QueryBuilder {
  const { kinds, squads, environments, service, text, before } = filter;
  const query = context
    .knex('commits')
    .where('commits.repository', context.repository)
    .orderBy('commits.position', 'desc')
    .limit(filter.limit + 1)
    .select(
      'commits.position',
      'commits.revision',
      'commits.kind',
      'commits.committed_at',
      'commits.title',
      'commits.by_name',
      'commits.by_email',
      'commits.only_looks_like_release',
      'commits.unknown_environment',
    );
  if (before) query.where('commits.position', '<', before.position);
  if (kinds) query.where(commits => whereKind(commits, kinds));
  if (text) {
    whereText(query, context, text, isRestricted(context, mayReadRepository));
  }
  if (squads || environments || service) {
    whereTouched(query, context, { squads, environments, service });
  } else if (!mayReadRepository) {
    whereTouched(query, context, {});
  } else if (context.services.kind !== 'all') {
    query.where(visible => {
      visible.where(touched => whereTouched(touched, context, {}));
      visible.orWhere(other => whereUntouched(other, context.knex));
    });
  }
  return query;
}

/**
 * Reads a page of the config repository's commits, newest first. A commit
 * that touched only services that the reader may not see is left out, and so
 * is one of no service for who may not read the repository.
 */
export async function readActivity(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    filter: ActivityFilter;
    mayReadRepository: boolean;
    now: Date;
  },
): Promise<ActivityPage> {
  const { filter, mayReadRepository, settings } = options;
  const rows: CommitRow[] = await queryCommits(
    context,
    filter,
    mayReadRepository,
  );
  const shown = rows.slice(0, filter.limit);
  const positions = shown.map(row => row.position);
  const restricted = isRestricted(context, mayReadRepository);
  const [touches, counts, catalogRead] = await Promise.all([
    readTouches(context, positions),
    restricted ? countTouches(context, positions) : undefined,
    isCatalogRead(context),
  ]);
  const page: ActivityPage = {
    asOf: options.now.toISOString(),
    items: shown.map(row => {
      const visible = touches.get(row.position) ?? [];
      const all = counts?.get(row.position) ?? visible.length;
      return buildActivity(row, visible, {
        commitUrl: settings.commitUrl,
        catalogRead,
        withholdTitle: all > visible.length,
      });
    }),
  };
  const last = shown[shown.length - 1];
  if (rows.length > filter.limit && last) {
    page.next = formatCursor({ position: last.position });
  }
  return page;
}
