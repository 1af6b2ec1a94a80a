const TICK_MS = 10;
/** Some seconds of a machine that is in great need. */
const MOST_KEPT = 256;
/** Below this it is what timers do anyway. */
const LEAST_MS = 5;
/** What came meanwhile is handled within this after a standstill. */
const AFTER_MS = 3;

interface Stall {
  /** It began after this, at the last sign of life. */
  from: number;
  /** When it was seen, which is its end. */
  to: number;
  ms: number;
}

/**
 * Knows when this process stood still: paused, throttled by its processor
 * limit, or busy. A time that was taken then says more about us than about
 * the link.
 */
export class StallWatch {
  readonly #timer: NodeJS.Timeout;
  #stalls: Stall[] = [];
  #seenAt = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** The longest standstill that reached into the time since then, in ms. */
  longestSince(since: number): number {
    return this.#longest(({ to }) => to >= since);
  }

  /**
   * The longest standstill at one of these moments, in ms. One between two
   * moments that were taken well harms neither.
   */
  longestAt(moments: readonly number[]): number {
    return this.#longest(({ from, to }) =>
      moments.some(moment => moment >= from && moment <= to + AFTER_MS),
    );
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #longest(concerns: (stall: Stall) => boolean): number {
    let longest = 0;
    // The tick may be due, and wait behind whoever asks.
    for (const stall of [...this.#stalls, this.#look()]) {
      if (stall.ms > longest && concerns(stall)) longest = stall.ms;
    }
    return longest;
  }

  #look(): Stall {
    const to = performance.now();
    return { from: this.#seenAt, to, ms: to - this.#seenAt - TICK_MS };
  }

  #tick() {
    const stall = this.#look();
    if (stall.ms >= LEAST_MS) {
      this.#stalls.push(stall);
      if (this.#stalls.length > MOST_KEPT) this.#stalls.shift();
    }
    this.#seenAt = stall.to;
  }
}
