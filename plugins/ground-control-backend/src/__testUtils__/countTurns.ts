/**
 * Counts turns of the event loop, as somebody else who waits for one has them.
 */
export function countTurns(): { now(): number; stop(): void } {
  let turn = 0;
  let next = setImmediate(function look() {
    turn += 1;
    next = setImmediate(look);
  });
  return { now: () => turn, stop: () => clearImmediate(next) };
}
