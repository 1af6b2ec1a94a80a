import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { applyServiceAccess } from '../permissions';
import { ReadContext } from './types';

/** Which of the services that the reader may see. */
export interface ServiceSelection {
  /** Entity refs of Groups, in lower case. */
  squads?: string[];
  /** Entity ref of a Component, in lower case. */
  entityRef?: string;
  service?: ServiceRef;
}

/** Narrows a query over `services` to what the reader may see of a selection. */
export function applySelection(
  query: Knex.QueryBuilder,
  context: ReadContext,
  selection: ServiceSelection,
  table = 'services',
): void {
  query.where(`${table}.repository`, context.repository);
  if (selection.squads) {
    query.whereIn(`${table}.squad_ref`, selection.squads);
  }
  if (selection.entityRef !== undefined) {
    query.where(`${table}.entity_ref`, selection.entityRef);
  }
  if (selection.service) {
    query.where({
      [`${table}.namespace`]: selection.service.namespace,
      [`${table}.service`]: selection.service.name,
    });
  }
  applyServiceAccess(query, context.services, table);
}

/** The services of a selection that the reader may see, as a query to select from. */
export function queryServices(
  context: ReadContext,
  selection: ServiceSelection,
): Knex.QueryBuilder {
  const query = context.knex('services');
  applySelection(query, context, selection);
  return query;
}

/** Joins `services` to a table that names services by the shared columns. */
export function joinServices(query: Knex.QueryBuilder, table: string): void {
  query.join('services', join =>
    join
      .on('services.repository', `${table}.repository`)
      .andOn('services.namespace', `${table}.namespace`)
      .andOn('services.service', `${table}.service`),
  );
}
