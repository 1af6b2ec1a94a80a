import { Deciders, isUnled } from '../people/DecidersService';
import { DecisionRow, DecisionRole } from '../types';

/** What somebody's role hangs on. */
export interface RoleFacts {
  /** Who could decide, as of now. */
  deciders: Deciders;
  requestedBy: string;
  platformNeeded: boolean;
  decisions: Array<Pick<DecisionRow, 'role'>>;
}

/** What somebody's role in going over a block hangs on. */
export interface OverrideFacts extends RoleFacts {
  isPlatformEngineer: boolean;
  leadsAnySquad: boolean;
}

/** In which roles somebody may act; absent where in none. */
export interface Roles {
  role?: DecisionRole;
  /** Absent also where there is no block that could be gone over. */
  overrideRole?: DecisionRole;
}

function isPlatformMissing({ platformNeeded, decisions }: RoleFacts): boolean {
  return platformNeeded && !decisions.some(({ role }) => role === 'platform');
}

/**
 * As what somebody decides, which is one thing at a time: whoever leads the
 * squad and is a platform engineer too decides as the latter while one is
 * missing, because nobody else can. A platform engineer stands in for leads
 * where the squad has none but who never decides on it, and nowhere else.
 *
 * @returns undefined where they may not decide
 */
export function decideRole(
  person: string,
  facts: RoleFacts,
): DecisionRole | undefined {
  const { deciders, requestedBy } = facts;
  const { authors, leads, platform } = deciders;
  const isPlatform = platform.includes(person);
  if (isPlatform && isPlatformMissing(facts)) return 'platform';
  if (leads.includes(person)) return 'lead';
  return isPlatform && isUnled(leads, [requestedBy, ...authors])
    ? 'platform-stand-in'
    : undefined;
}

/**
 * As what somebody goes over a block. At three in the morning the squad's
 * lead may be the one who asks, or not be found. So going over a block is also
 * the squad's approval where it is done by a platform engineer, or by any
 * lead when a lead of the squad asked; else the squad still has to approve.
 *
 * @returns undefined where they may not
 */
export function decideOverrideRole(
  person: string,
  facts: OverrideFacts,
): DecisionRole | undefined {
  const { leads } = facts.deciders;
  if (facts.isPlatformEngineer) {
    if (isPlatformMissing(facts)) return 'platform';
    return leads.includes(person) ? 'lead' : 'platform-stand-in';
  }
  if (leads.includes(person)) return 'lead';
  if (!facts.leadsAnySquad) return undefined;
  return leads.includes(facts.requestedBy) ? 'lead-stand-in' : 'other-lead';
}

/** As what somebody may act, by the decisions that there are. */
export function decideRoles(
  person: string,
  facts: RoleFacts | OverrideFacts,
): Roles {
  const role = decideRole(person, facts);
  const overrideRole =
    'leadsAnySquad' in facts ? decideOverrideRole(person, facts) : undefined;
  return { ...(role && { role }), ...(overrideRole && { overrideRole }) };
}
