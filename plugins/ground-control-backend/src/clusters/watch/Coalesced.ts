/**
 * Runs the same work for many who want it: each gets the outcome of a run that
 * began after they asked, and there is one run at a time.
 */
export class Coalesced<T> {
  readonly #work: () => Promise<T>;
  #running?: Promise<T>;
  #next?: Promise<T>;

  constructor(work: () => Promise<T>) {
    this.#work = work;
  }

  run(): Promise<T> {
    if (!this.#running) return this.#begin();
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.run();
      });
    return this.#next;
  }

  #begin(): Promise<T> {
    const running = this.#work().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
