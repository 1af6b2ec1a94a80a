/** As readers count it: a watcher that is silent for longer may have died. */
const HEARD_OF_MS = 30_000;

/** Whether a cluster was heard of lately. Times are milliseconds since 1970. */
export function isHeardOf(heardAt: number, now: number): boolean {
  return now - heardAt <= HEARD_OF_MS;
}
