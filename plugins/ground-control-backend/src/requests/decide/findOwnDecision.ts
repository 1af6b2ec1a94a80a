import { DecisionRow } from '../types';
import { Entered } from './RequestDesk';

/** The same decision of the same person on the same thing, where it was made. */
export function findOwnDecision(
  { person, examined }: Entered,
  same: Pick<DecisionRow, 'decision' | 'evidence'>,
): DecisionRow | undefined {
  return examined.decisions.find(
    ({ decided_by, decision, evidence }) =>
      decided_by === person.entityRef &&
      decision === same.decision &&
      evidence === same.evidence,
  );
}
