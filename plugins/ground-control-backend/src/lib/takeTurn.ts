import { performance } from 'node:perf_hooks';

/**
 * Milliseconds that work waits for open readings, and that it goes on for
 * afterwards although there are some: with readings without an end it has every
 * second turn.
 */
const MOST_WAIT_MS = 25;

const waiting: Array<() => void> = [];
let isArmed = false;
let readings = 0;
let goesOnUntil = -Infinity;
let onLastRead: (() => void) | undefined;

/**
 * Notes that somebody waits for what is being read; who takes turns lets them
 * pass for a moment.
 *
 * @returns notes that it was read; to be called once
 */
export function noteReading(): () => void {
  readings += 1;
  return () => {
    readings -= 1;
    if (readings === 0) onLastRead?.();
  };
}

function letReadersPass(then: () => void) {
  if (readings === 0 || performance.now() < goesOnUntil) {
    then();
    return;
  }
  const timer = setTimeout(() => {
    goesOnUntil = performance.now() + MOST_WAIT_MS;
    onLastRead?.();
  }, MOST_WAIT_MS);
  onLastRead = () => {
    clearTimeout(timer);
    onLastRead = undefined;
    then();
  };
}

function arm() {
  if (isArmed || waiting.length === 0) return;
  isArmed = true;
  letReadersPass(() =>
    setImmediate(() => {
      isArmed = false;
      waiting.shift()!();
      arm();
    }),
  );
}

/**
 * Waits for a turn of the event loop that nobody else has who waits here. Who
 * has much to do does a few milliseconds of it in each: twenty of them that
 * each only let others pass would still make these wait for twenty pieces.
 *
 * A reading needs many turns of its own, so each of ours between two of them
 * would add to its time: it is let pass as a whole, within limits. Therefore
 * nobody waits here inside a transaction, which readings wait for on SQLite.
 */
export function takeTurn(): Promise<void> {
  return new Promise(resolve => {
    waiting.push(resolve);
    arm();
  });
}
