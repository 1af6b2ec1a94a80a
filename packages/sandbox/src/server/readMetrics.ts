import type { ClustersWorld } from '../clusters/ClustersWorld.ts';

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const PATH = /^\/metrics\/(service-mirror|traffic)\/([a-z0-9-]+)$/;

/** Metrics of a cluster by their path; nothing where there are none. */
export async function readMetrics(
  path: string,
  clusters: ClustersWorld,
): Promise<string | undefined> {
  const [, what, name] = PATH.exec(path) ?? [];
  const cluster = what && clusters.find(name);
  if (!cluster) {
    return undefined;
  }
  return what === 'traffic'
    ? clusters.trafficMetrics(cluster)
    : clusters.serviceMirrorMetrics(cluster);
}
