import {
  OPEN_REQUEST_STATES,
  parseServiceRef,
  PolicySubject,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { applyServiceAccess, ServiceAccess } from '../../permissions';
import { RuleSection } from './types';

/** The services that policies are about. */
export type PolicyTarget =
  | { of: 'all' }
  | { of: 'squad'; squad: string }
  | { of: 'service'; service: ServiceRef }
  /** Of all namespaces. */
  | { of: 'name'; name: string };

/** A part with a bare name is about every service of that name. */
export function targetOfSection(
  section: RuleSection,
  subject: PolicySubject,
): PolicyTarget {
  if (subject.level === 'squad') return { of: 'squad', squad: subject.squad };
  if (section.of === 'service' && subject.level === 'service') {
    return parseServiceRef(section.name)?.namespace
      ? { of: 'service', service: subject.service }
      : { of: 'name', name: subject.service.name };
  }
  return { of: 'all' };
}

function queryTarget(knex: Knex, repository: string, target: PolicyTarget) {
  const query = knex('services').where('services.repository', repository);
  switch (target.of) {
    case 'squad':
      return query.where('services.squad_ref', target.squad);
    case 'service':
      return query.where({
        'services.namespace': target.service.namespace,
        'services.service': target.service.name,
      });
    case 'name':
      return query.where('services.service', target.name);
    default:
      return query;
  }
}

/** The services that policies of one name are about; never many. */
export async function readTargetServices(
  knex: Knex,
  repository: string,
  target: PolicyTarget,
): Promise<Array<{ service: ServiceRef; squadRef?: string }>> {
  const rows = await queryTarget(knex, repository, target).select(
    'namespace',
    'service',
    'squad_ref',
  );
  return rows.map(row => ({
    service: { namespace: row.namespace, name: row.service },
    ...(row.squad_ref !== null && { squadRef: row.squad_ref as string }),
  }));
}

/** Whether access holds for every service that policies are about. */
export async function isTargetAllowed(
  knex: Knex,
  options: { repository: string; target: PolicyTarget; access: ServiceAccess },
): Promise<boolean> {
  const { repository, target, access } = options;
  if (access.kind !== 'some') return access.kind === 'all';
  const count = async (query: Knex.QueryBuilder) =>
    Number((await query.count({ count: '*' }).first())?.count);
  const allowed = queryTarget(knex, repository, target);
  applyServiceAccess(allowed, access, 'services');
  return (
    (await count(queryTarget(knex, repository, target))) ===
    (await count(allowed))
  );
}

/** Whether somebody may see any service that policies are about. */
export async function isAnyVisible(
  knex: Knex,
  options: { repository: string; target: PolicyTarget; access: ServiceAccess },
): Promise<boolean> {
  const query = queryTarget(knex, options.repository, options.target);
  applyServiceAccess(query, options.access, 'services');
  return (await query.first('services.service')) !== undefined;
}

/** The open requests of somebody for releases to services and environments. */
export async function readOwnRequests(
  knex: Knex,
  options: {
    repository: string;
    target: PolicyTarget;
    person: string;
    environments: readonly string[];
  },
): Promise<number[]> {
  const { repository, target, person, environments } = options;
  return knex('release_requests as r')
    .where({ 'r.repository': repository, 'r.kind': 'release' })
    .where('r.requested_by', person)
    .whereIn('r.state', [...OPEN_REQUEST_STATES])
    .whereIn('r.environment', [...environments])
    .whereExists(
      queryTarget(knex, repository, target)
        .whereRaw(
          'services.namespace = r.namespace and services.service = r.service',
        )
        .select(knex.raw('1')),
    )
    .orderBy('r.number')
    .pluck('r.number');
}
