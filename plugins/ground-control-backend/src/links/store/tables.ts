import { Knex } from 'knex';
import { TableShape } from '../../database/writeRows';
import { readExported } from './readExported';
import { readIngresses } from './readIngresses';
import { readLinkRows } from './readLinkRows';
import { readMirrored } from './readMirrored';
import { readTrust } from './readTrust';
import {
  ClusterIngress,
  ClusterLink,
  ClusterMirrored,
  ClusterTrust,
  ExportedService,
} from './types';

/** A row as it is written. */
export type Row = Record<string, string | number | boolean | null>;

/** A table of which each cluster's watcher writes its own rows. */
export interface ClusterTable<T> {
  shape: TableShape<Row>;
  /** Columns that say when it was seen, and not what. */
  times: string[];
  read(knex: Knex, where: { cluster: string }): Promise<T[]>;
  /** Pair of `read`. */
  format(one: T): Row;
}

function shapeOf(
  table: string,
  key: string[],
  merge: string[],
): TableShape<Row> {
  const whole = ['cluster', ...key];
  return { table, key: whole, merge, columns: [...whole, ...merge] };
}

export const linkTable: ClusterTable<ClusterLink> = {
  shape: shapeOf(
    'cluster_links',
    ['target'],
    [
      'namespace',
      'gateway',
      'gateway_port',
      'gateway_identity',
      'probe_period',
      'observed_at',
    ],
  ),
  times: ['observed_at'],
  read: readLinkRows,
  format: one => ({
    cluster: one.cluster,
    target: one.target,
    namespace: one.namespace,
    gateway: JSON.stringify(one.gateway),
    gateway_port: one.gatewayPort,
    gateway_identity: one.gatewayIdentity,
    probe_period: one.probePeriod,
    observed_at: one.observedAt,
  }),
};

export const mirroredTable: ClusterTable<ClusterMirrored> = {
  shape: shapeOf(
    'mirrored_services',
    ['target', 'namespace', 'name'],
    ['service', 'service_namespace', 'state', 'reason', 'message'],
  ),
  times: [],
  read: readMirrored,
  format: one => ({
    cluster: one.cluster,
    target: one.target,
    namespace: one.namespace,
    name: one.name,
    service: one.service,
    service_namespace: one.serviceNamespace,
    state: one.state,
    reason: one.reason,
    message: one.message,
  }),
};

export const exportedTable: ClusterTable<ExportedService> = {
  shape: shapeOf(
    'exported_services',
    ['namespace', 'service'],
    ['ports', 'external_name', 'managed_by_gateway'],
  ),
  times: [],
  read: readExported,
  format: one => ({
    cluster: one.cluster,
    namespace: one.namespace,
    service: one.service,
    ports: JSON.stringify(one.ports),
    external_name: one.externalName,
    managed_by_gateway: one.managedByGateway,
  }),
};

export const ingressTable: ClusterTable<ClusterIngress> = {
  shape: shapeOf(
    'cluster_ingresses',
    ['namespace', 'name', 'service'],
    [
      'port',
      'hosts',
      'managed_by_gateway',
      'certificate',
      'certificate_message',
    ],
  ),
  times: [],
  read: readIngresses,
  format: one => ({
    cluster: one.cluster,
    namespace: one.namespace,
    name: one.name,
    service: one.service,
    port: one.port,
    hosts: JSON.stringify(one.hosts),
    managed_by_gateway: one.managedByGateway,
    certificate: one.certificate,
    certificate_message: one.certificateMessage,
  }),
};

export const trustTable: ClusterTable<ClusterTrust> = {
  shape: shapeOf('cluster_trust', [], ['roots', 'fault']),
  times: [],
  read: readTrust,
  format: one => ({
    cluster: one.cluster,
    roots: JSON.stringify(one.roots),
    fault: one.fault,
  }),
};

/** All that hold rows of a cluster, for when it is no longer configured. */
export const LINK_TABLES: readonly string[] = [
  ...[linkTable, mirroredTable, exportedTable, ingressTable, trustTable].map(
    ({ shape }) => shape.table,
  ),
  'link_watch',
];
