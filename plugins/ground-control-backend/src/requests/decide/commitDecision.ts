import { KnownPerson } from '../people/types';
import { refusalError } from '../refusalError';
import { lockRequests } from '../store/lockRequests';
import { readDecisions } from '../store/readDecisions';
import { DecisionRole, DecisionRow, RequestRow } from '../types';
import { refuseState } from './decidePermits';
import { decideRoles } from './decideRole';
import { isExpired } from './isExpired';
import { overtaken } from './overtaken';
import { DeskOptions, Entered, ExaminedRequest } from './RequestDesk';
import { DecisionToWrite, writeDecision } from './writeDecision';

/**
 * As what somebody decides by the decisions of now: of two at the same moment
 * the second isn't the platform engineer whom the first was before them.
 */
function findRole(
  { roleFacts }: ExaminedRequest,
  { entityRef }: KnownPerson,
  { decision }: Pick<DecisionToWrite, 'decision'>,
  decisions: DecisionRow[],
): DecisionRole | undefined {
  if (!roleFacts) return undefined;
  const roles = decideRoles(entityRef, { ...roleFacts, decisions });
  return decision === 'override' ? roles.overrideRole : roles.role;
}

/** Whether somebody decided meanwhile who saw it judged otherwise. */
function isJudgedOtherwise(
  { decisions: known, look }: ExaminedRequest,
  decisions: DecisionRow[],
): boolean {
  const before = known.map(({ decided_by }) => decided_by);
  return decisions.some(
    ({ decided_by, evidence }) =>
      !before.includes(decided_by) && evidence !== look.evidence,
  );
}

/**
 * Writes a decision that was permitted, unless somebody was faster, and tells
 * of it.
 */
export async function commitDecision(
  { hub, knex, now }: Pick<DeskOptions, 'hub' | 'knex' | 'now'>,
  { person, examined }: Entered,
  decision: Pick<DecisionToWrite, 'decision' | 'comment' | 'accepted'>,
): Promise<RequestRow> {
  const { row, look } = examined;
  const { number } = row;
  const written = await knex.transaction(async tx => {
    const [locked] = await lockRequests(tx, [number]);
    const decisions = (await readDecisions(tx, [number])).get(number) ?? [];
    const own = decisions.find(
      ({ decided_by }) => decided_by === person.entityRef,
    );
    // The other one of a double click was faster.
    if (own?.decision === decision.decision && own.evidence === look.evidence) {
      return locked;
    }
    if (own) throw overtaken();
    const at = now();
    // Time may have run out while it waited for the row.
    if (locked && isExpired(locked, at.getTime())) {
      throw refusalError(refuseState({ row: locked, decisions }, at));
    }
    if (locked && locked.state !== row.state) {
      throw refusalError(refuseState({ row: locked, decisions }, at));
    }
    if (!locked) throw overtaken();
    const role = findRole(examined, person, decision, decisions);
    if (!role || isJudgedOtherwise(examined, decisions)) throw overtaken();
    return writeDecision(tx, locked, decisions, {
      ...decision,
      role,
      person,
      look,
      at: at.getTime(),
    });
  });
  await hub.publish({ kind: 'requests' });
  return written;
}
