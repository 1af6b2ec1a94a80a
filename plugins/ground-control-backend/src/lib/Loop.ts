import { decideDelay } from './decideDelay';

/** A round's end: `failed` makes the loop wait longer, as an error does. */
export type RoundResult = 'done' | 'failed';

export interface LoopOptions {
  /** One round. It must end soon when the signal is aborted. */
  work: (signal: AbortSignal) => Promise<RoundResult | void>;
  intervalMs: number;
  /** Before it tries again what failed once; the interval by default. */
  retryMs?: number;
  /** The longest wait after failures. */
  maxBackoffMs: number;
  /** Told of each error that a round throws; must not throw. */
  onError: (error: unknown) => void;
}

/**
 * Does the same work again and again, one round at a time, until it is
 * stopped. A failing round never ends it.
 */
export class Loop {
  readonly #options: LoopOptions;
  readonly #stop = new AbortController();
  #wakeUp?: () => void;
  #woken = false;
  #running?: Promise<void>;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Begins the next round at once, or right after the present one. */
  wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** Aborts the present round and waits for its end. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wakeUp?.();
    await this.#running;
  }

  async #run() {
    const { signal } = this.#stop;
    let failures = 0;
    while (!signal.aborted) {
      this.#woken = false;
      try {
        const result = await this.#options.work(signal);
        failures = result === 'failed' ? failures + 1 : 0;
      } catch (error) {
        failures += 1;
        if (!signal.aborted) this.#options.onError(error);
      }
      await this.#wait(failures);
    }
  }

  #wait(failures: number): Promise<void> {
    if (this.#woken || this.#stop.signal.aborted) return Promise.resolve();
    const delay = decideDelay({
      ...this.#options,
      failures,
      chance: Math.random(),
    });
    return new Promise<void>(resolve => {
      const timer = setTimeout(resolve, delay);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    }).then(() => {
      this.#wakeUp = undefined;
    });
  }
}
