import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterMirrored } from '../../store';
import { joinNames, part } from './part';
import { EntryFacts } from './types';

/** How it is mirrored where that is known: each cluster that is linked should. */
export function decideMirrored(
  cluster: string,
  rows: readonly ClusterMirrored[],
  facts: EntryFacts,
): { part: EntryCheckPart; mirroredIn: string[] } {
  const byCluster = new Map(rows.map(row => [row.cluster, row]));
  const sources = [
    ...new Set([...facts.linkedTo(cluster), ...byCluster.keys()]),
  ].sort();
  const isHeard = (name: string) => facts.heard(name)?.services === true;
  const heard = sources.filter(isHeard);
  const unheard = sources.filter(name => !isHeard(name));
  const isMirrored = (name: string) =>
    byCluster.get(name)?.state === 'mirrored';
  const mirroredIn = heard.filter(isMirrored);
  const failing = heard.filter(name => !isMirrored(name));
  const reason =
    failing
      .map(name => byCluster.get(name))
      .map(row => row?.message || row?.reason)
      .find(Boolean) ?? '';
  const some = { clusters: joinNames(mirroredIn), count: mirroredIn.length };
  const decide = () => {
    if (mirroredIn.length > 0) {
      return failing.length > 0
        ? part('partly', 'mirrored-in-some', {
            ...some,
            failing: joinNames(failing),
            reason,
          })
        : part('yes', 'mirrored-in', {
            ...some,
            ...(unheard.length > 0 && { unheard: joinNames(unheard) }),
          });
    }
    if (failing.length > 0) {
      return part('no', 'not-mirrored', {
        clusters: joinNames(failing),
        count: failing.length,
        reason,
      });
    }
    if (unheard.length > 0) {
      const clusters = joinNames(unheard);
      return part('unknown', 'cluster-not-heard', { clusters });
    }
    return facts.linksKnown(cluster)
      ? part('no', 'not-linked', { cluster })
      : part('unknown', 'links-not-known', { cluster });
  };
  return { part: decide(), mirroredIn };
}
