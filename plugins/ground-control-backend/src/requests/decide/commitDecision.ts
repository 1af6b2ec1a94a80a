import { RequestRow } from '../types';
import { refusalError } from '../refusalError';
import { lockRequests } from '../store/lockRequests';
import { readDecisions } from '../store/readDecisions';
import { refuseState } from './decidePermits';
import { isExpired } from './isExpired';
import { overtaken } from './overtaken';
import { DeskOptions, Entered } from './RequestDesk';
import { DecisionToWrite, writeDecision } from './writeDecision';

/**
 * Writes a decision that was permitted, unless somebody was faster, and tells
 * of it.
 */
export async function commitDecision(
  { hub, knex, now }: Pick<DeskOptions, 'hub' | 'knex' | 'now'>,
  { person, examined: { row, look } }: Entered,
  decision: Pick<DecisionToWrite, 'decision' | 'role' | 'comment' | 'accepted'>,
): Promise<RequestRow> {
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
    return writeDecision(tx, locked, decisions, {
      ...decision,
      person,
      look,
      at: at.getTime(),
    });
  });
  await hub.publish({ kind: 'requests' });
  return written;
}
