import {
  BoardCluster,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildConnection } from './buildConnection';
import { deriveClusterState } from './deriveClusterState';
import { Cluster } from './parseCluster';
import { ClusterStateRow } from './types';

/** The clusters of a board: those that carry an environment. */
export function buildBoardClusters(
  clusters: Cluster[],
  options: { mayReadClusters: boolean; now: number },
): BoardCluster[] {
  return clusters.flatMap(cluster => {
    if (cluster.environment === undefined) return [];
    const { provider, region } = cluster.row;
    const built: BoardCluster = {
      name: cluster.name,
      environment: cluster.environment,
      connection: buildConnection(cluster, options),
    };
    if (provider) built.provider = provider;
    if (region) built.region = region;
    return [built];
  });
}

/**
 * Finds how a release stands in each cluster of its environment, in the order
 * of the clusters; undefined where the environment has none.
 */
export type FindClusterStates = (
  environment: string,
  /** The index of the service. */
  service: number,
  position: number,
) => { states: ClusterServiceState[]; blocked: boolean } | undefined;

/**
 * Lays the rows out in a column a cluster, by the index of the service: a
 * board of thousands has tens of thousands of them, so none gets a key of its
 * own.
 */
export function indexClusterStates(
  rows: ClusterStateRow[],
  facts: {
    clusters: Cluster[];
    indexOf: (row: ClusterStateRow) => number | undefined;
    now: number;
  },
): FindClusterStates {
  interface Column {
    cluster: Cluster;
    judged: Array<ClusterStateRow | undefined>;
  }
  const columns = new Map<string, Column>();
  const ofEnvironment = new Map<string, Column[]>();
  for (const cluster of facts.clusters) {
    const { environment } = cluster;
    if (environment === undefined) continue;
    const column = { cluster, judged: [] };
    columns.set(cluster.name, column);
    const others = ofEnvironment.get(environment);
    if (others) others.push(column);
    else ofEnvironment.set(environment, [column]);
  }
  for (const row of rows) {
    const column = columns.get(row.cluster);
    // A cluster that carries another environment now keeps its rows for a while.
    if (column?.cluster.environment !== row.environment) continue;
    const index = facts.indexOf(row);
    if (index !== undefined) column.judged[index] = row;
  }
  return (environment, service, position) => {
    const found = ofEnvironment.get(environment);
    if (!found) return undefined;
    let blocked = false;
    const states = found.map(({ cluster, judged }) => {
      const row = judged[service];
      const standing = deriveClusterState(
        row,
        cluster,
        { position },
        facts.now,
      );
      // What is judged of counts only while that itself does.
      blocked ||= standing === row && Boolean(row.blocked);
      return standing.state;
    });
    return { states, blocked };
  };
}
