import { Knex } from 'knex';
import {
  applySelection,
  joinServices,
  ServiceSelection,
} from './queryServices';
import { ReadContext } from './types';

/** The tables that say which services a commit touched. */
export const TOUCH_TABLES = ['releases', 'commit_services'] as const;

/**
 * The touches of one table that the reader may see, joined with `services`,
 * as a query to select from.
 */
export function queryTouches(
  context: ReadContext,
  table: (typeof TOUCH_TABLES)[number],
  selection: ServiceSelection & { environments?: string[] } = {},
): Knex.QueryBuilder {
  const query = context.knex(table);
  joinServices(query, table);
  applySelection(query, context, selection);
  if (selection.environments) {
    query.whereIn(`${table}.environment`, selection.environments);
  }
  return query;
}

/** Keeps the commits that touched something of a selection. */
export function whereTouched(
  query: Knex.QueryBuilder,
  context: ReadContext,
  selection: ServiceSelection & { environments?: string[] },
): void {
  query.where(any => {
    for (const table of TOUCH_TABLES) {
      const touches = queryTouches(context, table, selection);
      if (selection.service) {
        // A service has few commits of many: begin with its own, which an
        // index finds, instead of asking each commit.
        any.orWhereIn('commits.position', touches.select(`${table}.position`));
      } else {
        any.orWhereExists(
          touches
            .select(context.knex.raw('1'))
            .whereRaw(`${table}.repository = commits.repository`)
            .whereRaw(`${table}.position = commits.position`),
        );
      }
    }
  });
}

/** Keeps the commits that touched no service at all. */
export function whereUntouched(query: Knex.QueryBuilder, knex: Knex): void {
  for (const table of TOUCH_TABLES) {
    query.whereNotExists(
      knex(table)
        .select(knex.raw('1'))
        .whereRaw(`${table}.repository = commits.repository`)
        .whereRaw(`${table}.position = commits.position`),
    );
  }
}

/** Keeps the commits that touched nothing that the reader may not see. */
export function whereNothingHidden(
  query: Knex.QueryBuilder,
  context: ReadContext,
): void {
  for (const table of TOUCH_TABLES) {
    const visible = context
      .knex('services')
      .select(context.knex.raw('1'))
      .whereRaw(`services.namespace = ${table}.namespace`)
      .whereRaw(`services.service = ${table}.service`);
    applySelection(visible, context, {});
    query.whereNotExists(
      context
        .knex(table)
        .select(context.knex.raw('1'))
        .whereRaw(`${table}.repository = commits.repository`)
        .whereRaw(`${table}.position = commits.position`)
        .whereNotExists(visible),
    );
  }
}
