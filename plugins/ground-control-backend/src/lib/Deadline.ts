/** A timer that is later than this was kept from running. */
const LATE_MS = 50;
const GRACE_MS = 250;
/** A process that is late all the time still comes to an end. */
const MOST_GRACES = 4;

/**
 * A time limit that can be set again and again. When this process itself was
 * kept from running, what came meanwhile is read before anything is blamed on
 * the other side.
 */
export class Deadline {
  readonly #onEnd: () => void;
  #timer?: NodeJS.Timeout;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  set(milliseconds: number): void {
    this.#arm(milliseconds, MOST_GRACES);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(milliseconds: number, graces: number) {
    clearTimeout(this.#timer);
    const due = performance.now() + milliseconds;
    this.#timer = setTimeout(() => {
      const isLate = performance.now() - due > LATE_MS;
      if (isLate && graces > 0) this.#arm(GRACE_MS, graces - 1);
      else this.#onEnd();
    }, milliseconds);
  }
}
