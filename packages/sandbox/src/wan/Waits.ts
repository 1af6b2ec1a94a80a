/** A timer is late by up to this much: the rest is waited out turn by turn. */
const TIMER_SLACK_MS = 1.6;
/** Nearer than this counts as there. */
const NEAR_MS = 0.03;

/**
 * Waits that are right within a small part of a millisecond, which Node's own
 * timers aren't: a tenth of the shortest round trip would be lost in them.
 */
export class Waits {
  private readonly pending = new Set<() => void>();

  /** Calls back at a moment of `performance.now()`. */
  until(due: number, run: () => void): void {
    let cancel = () => {};
    const look = () => {
      this.pending.delete(cancel);
      const left = due - performance.now();
      if (left <= NEAR_MS) {
        run();
        return;
      }
      if (left > TIMER_SLACK_MS + 1) {
        const timer = setTimeout(look, left - TIMER_SLACK_MS);
        cancel = () => clearTimeout(timer);
      } else {
        const immediate = setImmediate(look);
        cancel = () => clearImmediate(immediate);
      }
      this.pending.add(cancel);
    };
    look();
  }

  /** Calls all off. */
  stop(): void {
    this.pending.forEach(cancel => cancel());
    this.pending.clear();
  }
}
