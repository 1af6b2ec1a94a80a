import {
  OPEN_REQUEST_STATES,
  Permit,
  RequestDecider,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { refuse } from '../resolve/refuse';
import { formatSpan } from '../../policies/decide/formatSpan';
import { Refusal } from '../resolve/types';
import { DecisionRow, RequestRow } from '../types';
import { describeDeciders, describeWho } from './describeDeciders';
import { decideRemind } from './decideRemind';
import { Roles } from './decideRole';
import { findBlocks, describeBlocks, readOverridden } from './findBlocks';
import { RequestChange } from './findChanges';
import { isExpired } from './isExpired';

/** Who would act on a request, as resolved on the server. */
export interface Actor extends Roles {
  /** Entity ref of a User; absent for whoever is no person in person. */
  person?: string;
  /** Whether the permission framework lets them decide at all. */
  mayDecide: boolean;
  /** Whether it lets them ask for releases of the service. */
  mayAsk: boolean;
}

/** What it is decided on. */
export interface PermitFacts {
  row: RequestRow;
  decisions: DecisionRow[];
  actor: Actor;
  /** Who may decide it. */
  deciders: RequestDecider[];
  /** Who leads its squad: entity refs of Users. */
  leads: string[];
  /** Who never decides on it, whatever they lead. */
  requesters: string[];
  /** The Group of platform engineers; absent where none is configured. */
  platformEngineers?: string;
  /** Why that can't be told now; `deciders` is empty then. */
  decidersUnknown?: string;
  /** As of now. */
  verdicts: Verdict[];
  changes: RequestChange[];
  /** Why it can't be looked at now. */
  unknown?: string;
  now: Date;
  /** When those who decide were reminded last; milliseconds since 1970. */
  remindedAt?: number;
}

/** What somebody may do with a request. */
export interface Permits {
  approve: Permit;
  reject: Permit;
  cancel: Permit;
  override: Permit;
  remind: Permit;
}

const ALLOWED: Permit = { allowed: true };

const STATE_WORDS: Record<RequestRow['state'], string> = {
  pending: 'still waits for a decision',
  held: 'was approved, and is held back for now',
  approved: 'was approved',
  committed: 'was approved, and is in the config repository',
  succeeded: 'was approved, and runs',
  rejected: 'was rejected',
  cancelled: 'was cancelled',
  expired: 'expired',
  outdated: 'is outdated: what it was judged on has changed',
  superseded: 'was replaced by a newer one',
  failed: 'failed',
};

const DECISION_WORDS: Record<DecisionRow['decision'], string> = {
  approve: 'approved it',
  reject: 'rejected it',
  override: 'went over its block',
};

/** Who decided it last, and when: whoever comes second wants to know. */
function sayDecided(decisions: DecisionRow[], now: Date): string {
  const last = decisions.at(-1);
  if (!last) return '';
  const name = last.decided_by_name ?? last.decided_by;
  const span = formatSpan(now.getTime() - last.decided_at);
  return ` ${name} ${DECISION_WORDS[last.decision]} ${span} ago.`;
}

/** Says that a request isn't in a state for something any more. */
export function refuseState(
  { row, decisions }: Pick<PermitFacts, 'row' | 'decisions'>,
  now: Date,
): Refusal {
  if (isExpired(row, now.getTime())) {
    return refuse('expired', `This request ${STATE_WORDS.expired}.`);
  }
  const isDone = row.kind === 'access' && row.state === 'succeeded';
  const words = isDone ? 'was approved, and is done' : STATE_WORDS[row.state];
  return refuse('state', `This request ${words}.${sayDecided(decisions, now)}`);
}

/** Why whoever acts never decides on it, as the beginning of a sentence. */
function sayAsked({ actor, row: { kind, requested_by } }: PermitFacts): string {
  if (actor.person !== requested_by) {
    return 'You wrote the build that is released automatically';
  }
  return `You asked for this ${kind === 'access' ? 'access' : 'release'}`;
}

/** What stands against acting in person, whatever it is. */
function decidePerson(facts: PermitFacts): Permit {
  const { actor, requesters, decisions } = facts;
  if (!actor.person) {
    return refuse(
      'not-a-person',
      'Only a person who is signed in may do this.',
    );
  }
  if (decisions.some(({ decided_by }) => decided_by === actor.person)) {
    return refuse(
      'already-decided',
      'You decided this request already, and decisions are final.',
    );
  }
  return requesters.includes(actor.person)
    ? refuse('requester', sayAsked(facts))
    : ALLOWED;
}

function decideDeciding(facts: PermitFacts): Permit {
  const { row, actor, changes, now } = facts;
  if (row.state !== 'pending' || isExpired(row, now.getTime())) {
    return refuseState(facts, now);
  }
  const person = decidePerson(facts);
  if (!person.allowed) {
    return person.code === 'requester'
      ? refuse(
          'requester',
          `${sayAsked(facts)}, so you cannot decide it. ${describeDeciders(
            facts,
          )}`,
        )
      : person;
  }
  if (!actor.mayDecide) {
    return refuse(
      'permission',
      'You may not decide requests: the permission ground-control.request.decide is missing.',
    );
  }
  if (!actor.role) {
    if (facts.decidersUnknown !== undefined) {
      return refuse('unknown', facts.decidersUnknown);
    }
    return refuse(
      'not-a-lead',
      `${describeWho(facts)} ${describeDeciders(facts)}`,
    );
  }
  if (facts.unknown !== undefined) return refuse('unknown', facts.unknown);
  const change = changes.find(({ outdates }) => outdates);
  return change ? refuse('changed', change.message) : ALLOWED;
}

function decideApprove(facts: PermitFacts, deciding: Permit): Permit {
  if (!deciding.allowed) return deciding;
  const { final, overridable } = findBlocks(
    facts.verdicts,
    readOverridden(facts.row),
  );
  const lasting = [...final, ...overridable.filter(block => !block.momentary)];
  return lasting.length > 0
    ? refuse('blocked', describeBlocks(lasting))
    : ALLOWED;
}

function decideOverride(facts: PermitFacts): Permit {
  const { row, actor, verdicts, changes, now } = facts;
  const isOpen = row.state === 'pending' || row.state === 'held';
  if (!isOpen || isExpired(row, now.getTime())) return refuseState(facts, now);
  const { final, overridable } = findBlocks(verdicts, readOverridden(row));
  if (overridable.length === 0) {
    return refuse('state', 'There is no block that could be gone over.');
  }
  const person = decidePerson(facts);
  if (!person.allowed) {
    return person.code === 'requester'
      ? refuse(
          'requester',
          `${sayAsked(
            facts,
          )}, so somebody else has to go over the block: any squad’s lead or a platform engineer.`,
        )
      : person;
  }
  if (!actor.mayDecide) {
    return refuse(
      'permission',
      'You may not decide requests: the permission ground-control.request.decide is missing.',
    );
  }
  if (!actor.overrideRole) {
    if (facts.decidersUnknown !== undefined) {
      return refuse('unknown', facts.decidersUnknown);
    }
    return refuse(
      'not-a-lead',
      'Only a lead of some squad or a platform engineer may go over a block.',
    );
  }
  if (facts.unknown !== undefined) return refuse('unknown', facts.unknown);
  const change = changes.find(({ outdates }) => outdates);
  if (change) return refuse('changed', change.message);
  return final.length > 0 ? refuse('blocked', describeBlocks(final)) : ALLOWED;
}

function decideCancel(facts: PermitFacts): Permit {
  const { row, actor, decidersUnknown, now } = facts;
  if (!OPEN_REQUEST_STATES.includes(row.state)) return refuseState(facts, now);
  if (!actor.person) {
    return refuse(
      'not-a-person',
      'Only a person who is signed in may do this.',
    );
  }
  const mayCancel =
    actor.person === row.requested_by || (actor.role && actor.mayDecide);
  if (mayCancel) return ALLOWED;
  return decidersUnknown !== undefined
    ? refuse('unknown', decidersUnknown)
    : refuse(
        'not-a-lead',
        'Only who asked for it, or who may decide it, may cancel a request.',
      );
}

/** Decides what somebody may do with a request, and says what is in the way. */
export function decidePermits(facts: PermitFacts): Permits {
  const deciding = decideDeciding(facts);
  const { row, now } = facts;
  return {
    approve: decideApprove(facts, deciding),
    reject: deciding,
    cancel: decideCancel(facts),
    override: decideOverride(facts),
    remind:
      row.state === 'pending' && !isExpired(row, now.getTime())
        ? decideRemind(facts)
        : refuseState(facts, now),
  };
}
