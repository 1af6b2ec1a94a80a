/**
 * How far a pause is. `wanted`: the auto-release is to be taken out of the
 * policies; `out`: it is, and is to be put back; `over`: nothing is left to do.
 */
export type PausePhase = 'wanted' | 'out' | 'over';

/** What is known of a pause when it is looked at. */
export interface PauseFacts {
  phase: PausePhase;
  /** Milliseconds since 1970. */
  until: number;
  /** What we had taken out, or were about to; null for nothing. */
  taken: string | null;
  /** The branch that the policies release there by themselves now. */
  present: string | undefined;
  /** The last change was refused, by what the policies say beside it. */
  isRefused: boolean;
  now: number;
}

/** What is to be done: a change of the policies to this branch, or none. */
export type PauseStep =
  | { kind: 'wait' }
  | { kind: 'change'; branch: string | null }
  | { kind: 'move'; phase: PausePhase };

/**
 * Decides what a pause needs next, by what the policies say: so it doesn't
 * matter what died between a commit and its being noted. Who put another branch
 * there meanwhile decided anew, and that stays; and who restricted branches so
 * that it can't be put back did, too.
 */
export function decidePause(facts: PauseFacts): PauseStep {
  const { phase, until, taken, present, isRefused, now } = facts;
  const isOver = until <= now;
  if (phase === 'wanted' && present === undefined) {
    return { kind: 'move', phase: taken === null ? 'over' : 'out' };
  }
  if (phase === 'wanted') {
    return isOver
      ? { kind: 'move', phase: 'over' }
      : { kind: 'change', branch: null };
  }
  if (phase === 'over' || !isOver) return { kind: 'wait' };
  return present === undefined && taken !== null && !isRefused
    ? { kind: 'change', branch: taken }
    : { kind: 'move', phase: 'over' };
}
