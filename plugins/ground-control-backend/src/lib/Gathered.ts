export interface GatheredOptions {
  /** Must not be slow to begin: it is never run twice at a time. */
  work: () => Promise<void>;
  /** What comes so soon after the first is done with it. */
  soonMs: number;
  /** From one round's begin to the next. */
  leastMs: number;
  /** After a round that failed. */
  retryMs: number;
  onError: (error: unknown) => void;
}

/**
 * Does work that is wanted again and again, for all who want it together: soon
 * when nothing was done lately, and at most so often in a storm.
 */
export class Gathered {
  readonly #options: GatheredOptions;
  #timer?: NodeJS.Timeout;
  #running?: Promise<void>;
  #wanted = false;
  #stopped = false;
  #begunAt = -Infinity;
  #waitMs = 0;

  constructor(options: GatheredOptions) {
    this.#options = options;
  }

  want(): void {
    this.#wanted = true;
    if (this.#stopped || this.#timer || this.#running) return;
    const { soonMs, leastMs } = this.#options;
    const rest = this.#begunAt + leastMs - performance.now();
    this.#timer = setTimeout(
      () => this.#begin(),
      Math.max(soonMs, rest, this.#waitMs),
    );
  }

  /** Begins nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #begin() {
    this.#timer = undefined;
    this.#wanted = false;
    this.#begunAt = performance.now();
    this.#running = this.#round();
  }

  async #round() {
    this.#waitMs = 0;
    try {
      await this.#options.work();
    } catch (error) {
      this.#waitMs = this.#options.retryMs;
      this.#wanted = true;
      if (!this.#stopped) this.#options.onError(error);
    }
    this.#running = undefined;
    if (this.#wanted) this.want();
  }
}
