import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { applyServiceAccess } from '../permissions';
import { ReadContext } from '../releases';

/** Which entries are wanted; times are milliseconds since 1970. */
export interface AuditFilter {
  actor?: string;
  actions?: string[];
  environments?: string[];
  service?: ServiceRef;
  /** Of the request. */
  number?: number;
  from?: number;
  /** Entries of this very moment aren't among them. */
  to?: number;
  /** Entries below this sequence. */
  before?: number;
}

/**
 * Entries of a filter that the reader may see, newest first, as a query to
 * limit. Who may read the trail sees all; others see what belongs to services
 * that they may see, and nothing that belongs to none.
 */
export function queryAudit(
  context: ReadContext,
  filter: AuditFilter,
  mayReadAll: boolean,
): Knex.QueryBuilder {
  const { actor, actions, environments, service, number } = filter;
  const query = context
    .knex('audit_entries')
    .orderBy('audit_entries.sequence', 'desc')
    .select('audit_entries.*');
  if (!mayReadAll) {
    query.join('services', join =>
      join
        .on('services.namespace', 'audit_entries.namespace')
        .andOn('services.service', 'audit_entries.service')
        .andOnVal('services.repository', context.repository),
    );
    applyServiceAccess(query, context.services, 'services');
  }
  if (actor !== undefined) query.where('audit_entries.actor', actor);
  if (actions) query.whereIn('audit_entries.action', actions);
  if (environments) query.whereIn('audit_entries.environment', environments);
  if (service) {
    query.where({
      'audit_entries.namespace': service.namespace,
      'audit_entries.service': service.name,
    });
  }
  if (number !== undefined) query.where('audit_entries.number', number);
  if (filter.from !== undefined) {
    query.where('audit_entries.at', '>=', filter.from);
  }
  if (filter.to !== undefined) query.where('audit_entries.at', '<', filter.to);
  if (filter.before !== undefined) {
    query.where('audit_entries.sequence', '<', filter.before);
  }
  return query;
}
