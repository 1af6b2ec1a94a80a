interface Turn<T> {
  running: Promise<T>;
  next?: Promise<T>;
}

/**
 * Does the same work once for all who ask for it at the same time.
 *
 * Whoever asks while it is done for somebody else gets the next turn, never
 * the present one: that may have begun before what they were told of was
 * written.
 */
export class Shared<T> {
  readonly #turns = new Map<string, Turn<T>>();

  /** @param key - the same for the same result */
  get(key: string, work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.get(key);
    if (!turn) return this.#begin(key, work);
    turn.next ??= turn.running
      .catch(() => {})
      .then(() => this.#begin(key, work));
    return turn.next;
  }

  #begin(key: string, work: () => Promise<T>): Promise<T> {
    const running = work();
    const turn: Turn<T> = { running };
    this.#turns.set(key, turn);
    const end = () => {
      if (!turn.next && this.#turns.get(key) === turn) this.#turns.delete(key);
    };
    running.then(end, end);
    return running;
  }
}
