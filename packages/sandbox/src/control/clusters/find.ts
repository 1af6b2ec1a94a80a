import type { ClustersWorld } from '../../clusters/ClustersWorld.ts';
import type { EmbeddedCluster } from '../../clusters/EmbeddedCluster.ts';
import { findService } from '../find.ts';
import { ControlError } from '../types.ts';
import type { ControlTarget } from '../types.ts';

function clustersOf({ clusters }: ControlTarget): ClustersWorld {
  if (!clusters) {
    throw new ControlError('This sandbox serves no clusters');
  }
  return clusters;
}

/** The cluster of that name. */
export function findCluster(
  target: ControlTarget,
  name: string,
): EmbeddedCluster {
  const clusters = clustersOf(target);
  const cluster = clusters.find(name);
  if (!cluster) {
    const known = clusters.clusters.map(one => one.name);
    throw new ControlError(
      `There is no cluster "${name}", only ${known.join(', ')}`,
    );
  }
  return cluster;
}

/** The clusters of a name or environment in which the service runs. */
export function findClustersOf(
  target: ControlTarget,
  service: string,
  where: string,
): EmbeddedCluster[] {
  findService(target, service);
  const all = clustersOf(target).findAll(where);
  if (all.length === 0) {
    throw new ControlError(`There is no cluster or environment "${where}"`);
  }
  const found = all.filter(cluster => cluster.findWorkload(service));
  if (found.length === 0) {
    throw new ControlError(`${service} doesn't run in ${where}`);
  }
  return found;
}

export function namesOf(clusters: readonly EmbeddedCluster[]): string {
  return clusters.map(cluster => cluster.name).join(', ');
}
