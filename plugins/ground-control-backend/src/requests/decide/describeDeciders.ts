import { isUnled } from '../people/DecidersService';
import type { PermitFacts } from './decidePermits';

type DecidersFacts = Pick<
  PermitFacts,
  | 'row'
  | 'deciders'
  | 'leads'
  | 'requesters'
  | 'platformEngineers'
  | 'decidersUnknown'
>;

/** Why nobody of a squad decides, as the beginning of a sentence. */
function describeUnled({ row, leads }: DecidersFacts): string {
  if (!row.squad_ref) return 'No squad owns the service';
  const who = leads.includes(row.requested_by) ? 'asked' : 'wrote the build';
  return leads.length > 0
    ? `Nobody but who ${who} leads ${row.squad_ref}`
    : `Nobody leads ${row.squad_ref} in the catalog`;
}

/** Why nobody can, and what to do. */
function describeNobody(facts: DecidersFacts): string {
  const { requesters, leads, platformEngineers, row } = facts;
  const remedy = row.squad_ref
    ? `Name ${
        leads.length > 0 ? 'another lead' : 'leads'
      } by the annotation ground-control.dev/leads of ${row.squad_ref}.`
    : 'Give the service an owner in the catalog.';
  if (!isUnled(leads, requesters)) {
    return `Everybody who could has decided already. ${remedy}`;
  }
  return `${describeUnled(facts)}, and ${
    platformEngineers
      ? `${platformEngineers} has nobody who could decide in their place`
      : 'no Group of platform engineers is configured as groundControl.platformEngineers'
  }. ${remedy}`;
}

/** Names of people as part of a sentence such as `Dee Park or Eli Voss can.` */
function nameDeciders({ deciders }: DecidersFacts): string {
  const names = deciders.map(({ name, entityRef }) => name ?? entityRef);
  const listed = names.slice(0, 3);
  return listed.length > 1
    ? `${listed.slice(0, -1).join(', ')} or ${listed[listed.length - 1]}`
    : listed[0];
}

/** Who can decide a request; and why, where it isn't the squad's leads. */
export function describeDeciders(facts: DecidersFacts): string {
  const { requesters, deciders, decidersUnknown, leads, platformEngineers } =
    facts;
  if (decidersUnknown !== undefined) return decidersUnknown;
  if (deciders.length === 0) return describeNobody(facts);
  const names = nameDeciders(facts);
  return isUnled(leads, requesters)
    ? `${describeUnled(facts)}, so ${names} of ${platformEngineers} can.`
    : `${names} can.`;
}

/** Who decides a request, by their role. */
export function describeWho({ requesters, leads, row }: DecidersFacts): string {
  if (isUnled(leads, requesters)) {
    return 'Only platform engineers decide this.';
  }
  return `Only leads of ${row.squad_ref}${
    row.platform_needed ? ' and platform engineers' : ''
  } decide this.`;
}
