import { Knex } from 'knex';
import { ReadContext } from '../types';

/** The columns of `ClusterRow`. */
const COLUMNS = [
  'clusters.cluster',
  'clusters.provider',
  'clusters.region',
  'clusters.environment',
  'clusters.connection',
  'clusters.reason',
  'clusters.since',
  'clusters.observed_at',
  'clusters.last_event_at',
  'clusters.kinds',
];

/** Starts a query whose rows are `ClusterRow`s, in the configured order. */
export function queryClusters(knex: Knex): Knex.QueryBuilder {
  return knex('clusters')
    .select(COLUMNS)
    .orderBy([{ column: 'clusters.ordinal' }, { column: 'clusters.cluster' }]);
}

/** Starts a query whose rows are `ClusterStatusRow`s, in the configured order. */
export function queryClusterStatuses(context: ReadContext): Knex.QueryBuilder {
  const { knex, repository } = context;
  return queryClusters(knex)
    .leftJoin('repositories', join =>
      join.onVal('repositories.repository', repository),
    )
    .leftJoin('commits as fetched', join =>
      join
        .onVal('fetched.repository', repository)
        .andOn('fetched.revision', 'clusters.source_revision'),
    )
    .leftJoin('commits as applied', join =>
      join
        .onVal('applied.repository', repository)
        .andOn('applied.revision', 'clusters.applied_revision'),
    )
    .leftJoin('commits as next', join =>
      join
        .onVal('next.repository', repository)
        .andOn('next.position', knex.raw('applied.position + 1')),
    )
    .leftJoin('unread_clusters', 'unread_clusters.cluster', 'clusters.cluster')
    .select(
      'unread_clusters.told_at',
      'clusters.role',
      'clusters.entity_ref',
      'clusters.instance',
      'clusters.identity',
      'clusters.identity_state',
      'clusters.kubernetes_version',
      'clusters.flux_version',
      'clusters.nodes_ready',
      'clusters.nodes_total',
      'clusters.containers',
      'clusters.source_revision',
      'clusters.source_fault',
      'clusters.source_suspended',
      'clusters.applied_revision',
      'clusters.unapplied',
      'clusters.applied_blocker',
      'clusters.routing',
      'fetched.position as source_position',
      'applied.position as applied_position',
      'next.committed_at as next_committed_at',
      'repositories.position as tip_position',
    );
}

/** The columns of `ClusterServiceRow`. */
export const CLUSTER_SERVICE_COLUMNS = [
  'cluster',
  'environment',
  'namespace',
  'service',
  'release_position',
  'state',
  'reason',
  'message',
  'since',
  'blocked_by',
  'running_artifact_id',
  'replicas_ready',
  'replicas_desired',
  'drift_corrected_at',
].map(column => `cluster_services.${column}`);
