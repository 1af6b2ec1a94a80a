import {
  AccessWish,
  EntryCheckPart,
} from '@ground-control/backstage-plugin-ground-control-common';
import { decideIngressLive } from '../../entries/decide/decideIngressLive';
import { decideMirrored } from '../../entries/decide/decideMirrored';
import { decideProbed } from '../../entries/decide/decideProbed';
import { decideTargetLive } from '../../entries/decide/decideTargetLive';
import { part } from '../../entries/decide/part';
import { EntryFacts, EntrySubject } from '../../entries/decide/types';
import { sayPart } from './sayPart';
import { CallerStanding } from './types';

/** The facts as if one cluster alone called what lies elsewhere. */
function narrow(facts: EntryFacts, from: string): EntryFacts {
  return {
    ...facts,
    linkedTo: target => facts.linkedTo(target).filter(one => one === from),
    linksKnown: () => facts.heard(from)?.links === true,
    mirrored: service =>
      facts.mirrored(service).filter(({ cluster }) => cluster === from),
  };
}

/** What is called where it lies: by what came of its entry there. */
function decideThere(found: EntryCheckPart): CallerStanding {
  const reason = sayPart(found);
  switch (found.state) {
    case 'yes':
      return { state: 'running' };
    case 'no':
      return { state: 'waiting', reason };
    case 'partly':
      return { state: 'arrived', reason };
    default:
      // The Ingress itself was seen.
      return found.code === 'certificate-unknown'
        ? { state: 'arrived', reason }
        : { reason };
  }
}

/** Over a link that is measured and isn't down something answers, however slowly. */
function decideAnswers(
  { cluster }: EntrySubject,
  facts: EntryFacts,
  from: string,
): CallerStanding {
  const state = facts.cell(from, cluster)?.state ?? 'not-linked';
  if (state === 'not-linked' && facts.heard(from)?.links) {
    const reason = sayPart(part('no', 'not-linked', { cluster }));
    return { state: 'arrived', reason };
  }
  const probed = decideProbed([{ from, state }]);
  const isMeasured = probed.state === 'yes' || probed.state === 'partly';
  return isMeasured
    ? { state: 'running', isUnwell: probed.state === 'partly' }
    : { state: 'arrived', reason: sayPart(probed) };
}

/** Decides how an entry that was added stands for one cluster. */
export function decideAdded(
  wish: AccessWish,
  options: { subject: EntrySubject; facts: EntryFacts; from: string },
): CallerStanding {
  const { subject, from } = options;
  const { kind, name, namespace, cluster } = subject;
  const isTarget = kind === 'target';
  if (wish.from.length === 0) {
    const decide = isTarget ? decideTargetLive : decideIngressLive;
    return decideThere(decide(subject, options.facts).part);
  }
  const facts = narrow(options.facts, from);
  const service = { target: cluster, service: name, namespace };
  const live = isTarget
    ? decideTargetLive(subject, facts)
    : decideMirrored(cluster, facts.mirrored(service), facts);
  const reason = sayPart(live.part);
  if (live.part.state === 'unknown') return { reason };
  if (live.mirroredIn.length > 0) {
    return live.part.state === 'yes'
      ? decideAnswers(subject, facts, from)
      : { state: 'arrived', reason };
  }
  // Linkerd says why it can't.
  if (live.part.code === 'not-mirrored' && live.part.params.reason !== '') {
    return { state: 'failed', reason };
  }
  const hasIngress =
    !isTarget && facts.ingress(cluster, namespace, name) !== undefined;
  return { state: hasIngress ? 'arrived' : 'waiting', reason };
}
