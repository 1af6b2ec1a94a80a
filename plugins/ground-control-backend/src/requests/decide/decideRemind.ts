import { Permit } from '@ground-control/backstage-plugin-ground-control-common';
import { refuse } from '../resolve/refuse';
import { PermitFacts } from './decidePermits';
import { decideTooSoon } from './decideTooSoon';

/** Decides whether somebody may have those who decide a pending request reminded. */
export function decideRemind(facts: PermitFacts): Permit {
  const { row, actor, deciders, decidersUnknown, now, remindedAt } = facts;
  if (!actor.person) {
    return refuse(
      'not-a-person',
      'Only a person who is signed in may do this.',
    );
  }
  if (actor.person !== row.requested_by && !actor.mayAsk) {
    return refuse(
      'permission',
      'Only who asked for it, or may ask for releases of the service, may remind those who decide.',
    );
  }
  if (decidersUnknown !== undefined) return refuse('unknown', decidersUnknown);
  if (!deciders.some(({ entityRef }) => entityRef !== actor.person)) {
    return refuse('nobody', 'There is nobody else who could be reminded.');
  }
  return decideTooSoon(remindedAt, now.getTime()) ?? { allowed: true };
}
