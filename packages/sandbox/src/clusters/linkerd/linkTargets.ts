import type { Cluster } from '../../company/types.ts';

/** Whether a cluster is the first of its provider in its environment. */
function isFirst(cluster: Cluster, all: readonly Cluster[]): boolean {
  return (
    all.find(
      one =>
        one.environment === cluster.environment &&
        one.provider === cluster.provider,
    ) === cluster
  );
}

function isLinked(
  source: Cluster,
  target: Cluster,
  all: readonly Cluster[],
): boolean {
  const last = all[0].environment;
  if (source.environment === target.environment) {
    // Other clouds reach the first cluster of a provider alone.
    return source.provider === target.provider || isFirst(target, all);
  }
  if (target.environment === 'platform') {
    return true;
  }
  if (source.environment === 'platform') {
    // It looks after what is guarded, and after the way to it.
    return target.environment !== all.at(-2)?.environment;
  }
  // Those that carry nothing guarded lie together.
  return source.environment !== last && target.environment !== last;
}

/**
 * The clusters that one is linked with when a world begins. A link has a
 * direction: some pairs are linked one way alone, and many not at all. All are
 * given in the order of `Company.clusters`: the most guarded first, `platform`
 * last.
 */
export function linkTargets(
  source: Cluster,
  all: readonly Cluster[],
): Cluster[] {
  return all.filter(
    target => target !== source && isLinked(source, target, all),
  );
}
