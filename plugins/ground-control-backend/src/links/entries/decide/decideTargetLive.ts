import { EntryCheckPart } from '@ground-control/backstage-plugin-ground-control-common';
import { decideMirrored } from './decideMirrored';
import { part } from './part';
import { EntryFacts, EntrySubject, LiveFacts } from './types';

/** DNS doesn't tell them apart. */
function sameDnsName(one: string, other: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');
  return plain(one) === plain(other);
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
