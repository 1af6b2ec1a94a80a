import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterMirrored } from '../../store';
import { joinNames, part } from './part';
import { EntryFacts, EntrySubject, LiveFacts } from './types';

/** DNS doesn't tell them apart. */
function sameDnsName(one: string, other: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');
  return plain(one) === plain(other);
}

/** How it is mirrored where that is known: each cluster that is linked should. */
function decideMirrored(
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
    return facts.anyLinksKnown(cluster)
      ? part('no', 'not-linked', { cluster })
      : part('unknown', 'links-not-known', { cluster });
  };
  return { part: decide(), mirroredIn };
}

/**
 * What is there of a target: the gateway's Service in its cluster, exported,
 * and the mirrored ones in the clusters that are linked to it.
 */
export function decideTargetLive(
  subject: EntrySubject,
  facts: EntryFacts,
): LiveFacts {
  const { name, cluster, dnsName } = subject;
  const exported = facts.exported(cluster, name, subject.namespace);
  const namespace = exported?.namespace ?? subject.namespace;
  const address = `http://${name}-${cluster}.${namespace}.svc.cluster.local`;
  const without = (found: EntryCheckPart): LiveFacts => ({
    part: found,
    address,
    mirroredIn: [],
  });
  const heard = facts.heard(cluster);
  if (!heard) return without(part('unknown', 'cluster-not-known', { cluster }));
  if (!heard.services) {
    const clusters = cluster;
    return without(part('unknown', 'cluster-not-heard', { clusters }));
  }
  if (!exported) return without(part('no', 'not-exported', { cluster }));
  const rows = facts.mirrored({ target: cluster, service: name, namespace });
  const mirrored = decideMirrored(cluster, rows, facts);
  const there = exported.externalName;
  const isOther =
    dnsName !== null && there !== null && !sameDnsName(dnsName, there);
  return {
    ...mirrored,
    ...(isOther && {
      part: part('partly', 'other-dns-name', { cluster, dnsName: there }),
    }),
    address,
  };
}
