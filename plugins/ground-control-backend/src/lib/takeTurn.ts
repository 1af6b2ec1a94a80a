const waiting: Array<() => void> = [];
let isArmed = false;

function arm() {
  if (isArmed || waiting.length === 0) return;
  isArmed = true;
  setImmediate(() => {
    isArmed = false;
    waiting.shift()!();
    arm();
  });
}

/**
 * Waits for a turn of the event loop that nobody else has who waits here. Who
 * has much to do does a few milliseconds of it in each: twenty of them that
 * each only let others pass would still make these wait for twenty pieces.
 */
export function takeTurn(): Promise<void> {
  return new Promise(resolve => {
    waiting.push(resolve);
    arm();
  });
}
