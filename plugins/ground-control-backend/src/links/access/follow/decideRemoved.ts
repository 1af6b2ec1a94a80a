import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { joinNames, part } from '../../entries/decide/part';
import { EntryFacts, EntrySubject } from '../../entries/decide/types';
import { sayPart } from './sayPart';
import { CallerStanding } from './types';

const GONE: CallerStanding = { state: 'running' };

const still = (what: string): CallerStanding => ({
  state: 'waiting',
  reason: what,
});

function notHeard(clusters: string): CallerStanding {
  return {
    reason: sayPart(part('unknown', 'cluster-not-heard', { clusters })),
  };
}

/** Calls over links don't hang on the Ingress: it alone goes with the entry. */
function decideIngress(
  { name, namespace, cluster }: EntrySubject,
  facts: EntryFacts,
): CallerStanding {
  if (!facts.heard(cluster)?.ingresses) return notHeard(cluster);
  return facts.ingress(cluster, namespace, name)
    ? still(`its Ingress is still in ${cluster}`)
    : GONE;
}

/** Decides how an entry that was removed stands for one cluster. */
export function decideRemoved(
  wish: AccessWish,
  options: { subject: EntrySubject; facts: EntryFacts; from: string },
): CallerStanding {
  const { subject, facts, from } = options;
  if (subject.kind === 'ingress') return decideIngress(subject, facts);
  const { name, namespace, cluster } = subject;
  for (const one of [from, cluster]) {
    if (!facts.heard(one)?.services) return notHeard(one);
  }
  const exported = facts.exported(cluster, name, namespace);
  if (exported) return still(`${cluster} still exports it`);
  const mirroredIn = facts
    .mirrored({ target: cluster, service: name, namespace })
    .filter(row => row.state === 'mirrored')
    .map(row => row.cluster)
    .filter(one =>
      // Where nobody is named, it has to be gone wherever that is known.
      wish.from.length > 0 ? one === from : facts.heard(one)?.services,
    );
  return mirroredIn.length > 0
    ? still(`still mirrored in ${joinNames(mirroredIn)}`)
    : GONE;
}
