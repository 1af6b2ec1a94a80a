import { ClusterKindStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { z } from 'zod';
import { describeUnread } from './describeUnread';
import { HeardCluster } from './deriveClusterState';
import { ClusterRow } from './types';

/** The kind that says which release a cluster has. */
const PLACING_KIND = /^kustomizations\./;

const kindsSchema = z.array(
  z.object({
    kind: z.string(),
    state: z.enum(['starting', 'live', 'absent', 'forbidden', 'failing']),
    reason: z.string().nullish(),
    objects: z.number(),
    observedAt: z.union([z.number(), z.string()]).nullish(),
  }),
);

/** A cluster's row, read once for all services. */
export interface Cluster extends HeardCluster {
  name: string;
  /** Absent when it carries no step of promotion. */
  environment?: string;
  /** In words, which kinds aren't followed. */
  unread?: string;
  row: ClusterRow;
}

/** How each kind is read, as the watcher left it. */
export function parseKinds(kinds: string): ClusterKindStatus[] {
  return kindsSchema
    .parse(JSON.parse(kinds))
    .map(({ kind, state, objects, reason, observedAt }) => ({
      kind,
      state,
      objects,
      ...(reason && { reason }),
      ...(observedAt && { observedAt: new Date(observedAt).toISOString() }),
    }));
}

/**
 * Reads a row of `clusters`.
 *
 * @param environments - the steps of promotion; any other word says that the
 * cluster carries none
 */
export function parseCluster(
  row: ClusterRow,
  environments: readonly string[],
): Cluster {
  const kinds = parseKinds(row.kinds);
  const unread = describeUnread(kinds);
  const cluster: Cluster = {
    name: row.cluster,
    row,
    connection: row.connection,
    since: Number(row.since),
    mayNotRead: kinds.some(
      kind => PLACING_KIND.test(kind.kind) && kind.state === 'forbidden',
    ),
  };
  if (unread) cluster.unread = unread;
  if (row.observed_at !== null) cluster.observedAt = Number(row.observed_at);
  if (row.environment !== null && environments.includes(row.environment)) {
    cluster.environment = row.environment;
  }
  return cluster;
}
