import { FollowedCluster } from './types';

/** Of what a request ends with; a whole environment can be long. */
const LONGEST_MESSAGE = 1_000;

const cut = (text: string) => text.slice(0, LONGEST_MESSAGE).toWellFormed();

/** Clusters, each with its reason where it has one. */
export function listClusters(clusters: FollowedCluster[]): string {
  return cut(
    clusters
      .map(({ cluster, reason }) =>
        reason ? `${cluster}: ${reason}` : cluster,
      )
      .join('; '),
  );
}

/** Their names alone. */
export function nameClusters(clusters: FollowedCluster[]): string {
  return cut(clusters.map(({ cluster }) => cluster).join(', '));
}
