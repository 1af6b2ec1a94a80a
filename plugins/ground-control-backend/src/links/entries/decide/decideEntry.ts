import {
  EntryCheckPart,
  EntryState,
  GatewayEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { decideIngressLive } from './decideIngressLive';
import { decideProbed } from './decideProbed';
import { decideTargetLive } from './decideTargetLive';
import { decideTurn } from './decideTurn';
import { EntryFacts, EntrySubject } from './types';

interface Checks {
  kind: GatewayEntry['kind'];
  declared: EntryCheckPart;
  live: EntryCheckPart;
  probed: EntryCheckPart;
}

/** What becomes of an entry, and which of its checks says so. */
function decideState({ kind, declared, live, probed }: Checks): {
  state: EntryState;
  /** Absent where all is in order. */
  because?: EntryCheckPart;
} {
  if (declared.state === 'no') {
    return { state: 'not-declared', because: declared };
  }
  if (declared.state === 'unknown') {
    return { state: 'unknown', because: declared };
  }
  if (live.state === 'unknown') return { state: 'unknown', because: live };
  if (live.code === 'mirrored-in-some') {
    return { state: 'unwell', because: live };
  }
  if (live.state !== 'yes') return { state: 'not-live', because: live };
  if (probed.code === 'link-unwell') {
    return { state: 'unwell', because: probed };
  }
  // Nothing measures the way in from outside: an ingress that is there with a
  // certificate is all that can be known.
  if (probed.state === 'unknown' && kind === 'target') {
    return { state: 'unknown', because: probed };
  }
  return { state: 'in-order' };
}

/** Checks three times of an entry: declared, there, and answering. */
export function decideEntry(
  subject: EntrySubject,
  facts: EntryFacts,
): Omit<GatewayEntry, 'owner'> {
  const { declared, ...entry } = subject;
  const { part, address, mirroredIn } =
    subject.kind === 'target'
      ? decideTargetLive(subject, facts)
      : decideIngressLive(subject, facts);
  const links = mirroredIn.map(from => {
    const cell = facts.cell(from, subject.cluster);
    return {
      from,
      to: subject.cluster,
      state: cell?.state ?? ('not-linked' as const),
      valueMs: cell?.valueMs ?? null,
      approximate: cell?.approximate ?? false,
    };
  });
  const probed = decideProbed(links);
  const { state, because } = decideState({
    kind: subject.kind,
    declared,
    live: part,
    probed,
  });
  return {
    ...entry,
    address,
    state,
    declared,
    live: part,
    probed,
    links,
    turn: because ? decideTurn(because.code, subject.squad) : null,
  };
}
