import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';
import { nameAll } from '../../lib/nameAll';
import { decideAccessLinks } from './decideAccessLinks';
import { decideAccessOwner } from './decideAccessOwner';
import { decideAccessUsers } from './decideAccessUsers';
import { blockFinally, passes, warns } from './sayAccess';
import { AccessDecision, AccessFacts, EntryRefusal } from './types';

/** Which policy says so, and under which heading. */
const REFUSALS: Record<EntryRefusal, [policy: string, title: string]> = {
  names: ['name', 'A value can’t stand there'],
  'already-there': ['entry', 'Already declared'],
  conflict: ['entry', 'Another entry is in its place'],
  'not-there': ['entry', 'Not declared'],
  file: ['gateway-file', 'The file can’t be changed here'],
};

function decideEntry({ changed, path, wish }: AccessFacts): Verdict {
  if (changed.kind === 'refused') {
    const { code, message: reason, remedy } = changed;
    const [policy, title] = REFUSALS[code];
    return blockFinally({ policy, title, reason, remedy });
  }
  return wish.change === 'add'
    ? passes({
        policy: 'entry',
        title: 'Entry is new',
        reason: `Nothing in ${path} stands against it.`,
      })
    : passes({
        policy: 'entry',
        title: 'Entry is there',
        reason: `It stands in ${path}, and nothing else goes with it.`,
      });
}

function decideClusters(facts: AccessFacts): Verdict {
  const { clusters, ownAddress, wish } = facts;
  const { change, cluster, from, kind } = wish;
  const policy = 'cluster';
  const unknown = [cluster, ...from].filter(name => !clusters.includes(name));
  // What lies at a cluster that is gone has to be removable.
  if (unknown.length > 0 && change === 'add') {
    return blockFinally({
      policy,
      title: 'No such cluster',
      reason: `No cluster of the name ${nameAll(unknown)} is known.`,
      remedy: `Choose among ${nameAll(clusters)}.`,
    });
  }
  if (change === 'add' && from.includes(cluster)) {
    return blockFinally({
      policy,
      title: 'Called where it lies',
      reason: `What lies at ${cluster} crosses no link when it is called there.`,
      remedy: `Leave ${cluster} out of those that call it; the address there is ${ownAddress}.`,
    });
  }
  if (change === 'add' && kind === 'target' && from.length === 0) {
    return blockFinally({
      policy,
      title: 'Nobody calls it',
      reason:
        'A resource outside of the mesh is declared for those who call it, and the wish names no cluster that does.',
      remedy: 'Name the clusters that it is to be called from.',
    });
  }
  return passes({
    policy,
    title: 'Clusters are known',
    reason:
      from.length === 0
        ? `It lies at ${cluster}.`
        : `It lies at ${cluster}, and is called from ${nameAll(from)}.`,
  });
}

/** Whether another port is in use than the one that is wished for. */
function decidePort({ live, wish }: AccessFacts): Verdict | undefined {
  const { change, cluster, kind, name, port } = wish;
  if (kind !== 'ingress' || change !== 'add') return undefined;
  const policy = 'port';
  const { ingressPort, ports } = live;
  if (typeof ingressPort === 'number' && ingressPort !== port) {
    return warns({
      policy,
      title: 'Another port is open',
      reason: `${cluster} has an Ingress of the gateway to ${name} with port ${ingressPort}, and the entry says ${port}: calls to the other port end when the entry takes its place.`,
      remedy: `Ask with port ${ingressPort}, or have those who use it change first.`,
    });
  }
  if (ports && ports.length > 0 && !ports.includes(port ?? 0)) {
    return warns({
      policy,
      title: 'The service has other ports',
      reason: `${name} in ${cluster} has the ports ${ports.join(
        ', ',
      )}, and the entry says ${port}.`,
      remedy: `Ask with one of its ports, or have ${name} open this one.`,
    });
  }
  return passes({
    policy,
    title: 'Port is free',
    reason: `Nothing is known that has ${name} at another port.`,
  });
}

/**
 * Decides what is to be said of a wish for access, and who decides it: of a
 * service the squad that owns it, of a resource outside of the mesh the squad
 * that the entry names.
 */
export function decideAccess(facts: AccessFacts): AccessDecision {
  const { verdict: owner, ...deciding } = decideAccessOwner(facts);
  const verdicts = [
    decideEntry(facts),
    decideClusters(facts),
    decidePort(facts),
    decideAccessLinks(facts),
    decideAccessUsers(facts),
    owner,
  ];
  return {
    ...deciding,
    verdicts: verdicts.flatMap(verdict => verdict ?? []),
  };
}
