import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { ServiceAccess, ServiceFilter } from './types';

function applyFilter(
  query: Knex.QueryBuilder,
  filter: ServiceFilter,
  table: string,
) {
  switch (filter.kind) {
    case 'squad':
      // Never NULL, so that `not` of it is true for a service without squad,
      // as it is where the rule is applied to a loaded service.
      query
        .whereNotNull(`${table}.squad_ref`)
        .whereIn(`${table}.squad_ref`, filter.squads);
      break;
    case 'in-catalog':
      query.where(`${table}.in_catalog`, true);
      break;
    default:
      throw new Error('A permission rule of Ground Control has no query');
  }
}

function applyCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<ServiceFilter>,
  table: string,
): void {
  if ('not' in criteria) {
    query.whereNot(inner => applyCriteria(inner, criteria.not, table));
  } else if ('allOf' in criteria) {
    query.where(inner => {
      for (const part of criteria.allOf) {
        inner.andWhere(nested => applyCriteria(nested, part, table));
      }
    });
  } else if ('anyOf' in criteria) {
    query.where(inner => {
      for (const part of criteria.anyOf) {
        inner.orWhere(nested => applyCriteria(nested, part, table));
      }
    });
  } else {
    query.where(inner => applyFilter(inner, criteria, table));
  }
}

/**
 * Keeps of a query the services that the reader may see. The one place where
 * access becomes SQL: lists, counts, search and single reads all pass here.
 *
 * @param table - the name or alias of `services` in the query
 */
export function applyServiceAccess(
  query: Knex.QueryBuilder,
  access: ServiceAccess,
  table: string,
): void {
  switch (access.kind) {
    case 'all':
      break;
    case 'some':
      applyCriteria(query, access.criteria, table);
      break;
    default:
      query.whereRaw('1 = 0');
  }
}
