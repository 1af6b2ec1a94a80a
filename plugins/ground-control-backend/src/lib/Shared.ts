/** How long work waits, in milliseconds, for those who may want the same. */
const MOST_WAIT_MS = 50;

interface Turn<T> {
  /** Nothing was read yet: whoever comes now may have this turn too. */
  waits: boolean;
  result: Promise<T>;
  next?: Promise<T>;
}

/** Those who may soon ask for the same, but aren't known yet. */
interface Comers {
  count: number;
  onAllKnown: (() => void)[];
}

/** What is asked for: the same key for the same result. */
export interface SharedWork<T> {
  key: string;
  work(): Promise<T>;
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
  readonly #comers = new Map<string, Comers>();

  /** @param key - the same for the same result */
  get(key: string, work: () => Promise<T>): Promise<T> {
    return this.#get(key, work);
  }

  /**
   * As {@link Shared.get}, where it takes a while to learn who asks. Reading
   * from SQLite lets nothing else happen, so that ten who came together would
   * be found out, and read for, one after the other: work waits for those who
   * came meanwhile with the same question.
   *
   * @param question - what can be told before anything is waited for; results
   *   of one question may have different keys
   * @param prepare - finds out what is asked for; what it throws is thrown
   */
  async join(
    question: string,
    prepare: () => Promise<SharedWork<T>>,
  ): Promise<T> {
    const comers = this.#comers.get(question) ?? { count: 0, onAllKnown: [] };
    this.#comers.set(question, comers);
    comers.count += 1;
    let wanted: SharedWork<T>;
    try {
      wanted = await prepare();
    } finally {
      comers.count -= 1;
      if (comers.count === 0) {
        this.#comers.delete(question);
        for (const go of comers.onAllKnown) go();
      }
    }
    return this.#get(wanted.key, wanted.work, comers);
  }

  #get(key: string, work: () => Promise<T>, comers?: Comers): Promise<T> {
    const turn = this.#turns.get(key);
    if (!turn) return this.#begin(key, work, comers);
    if (turn.waits) return turn.result;
    turn.next ??= turn.result
      .catch(() => {})
      .then(() => this.#begin(key, work));
    return turn.next;
  }

  #begin(key: string, work: () => Promise<T>, comers?: Comers): Promise<T> {
    const waits = comers !== undefined && comers.count > 0;
    const turn: Turn<T> = {
      waits,
      result: waits
        ? waitForAll(comers).then(() => {
            turn.waits = false;
            return work();
          })
        : work(),
    };
    this.#turns.set(key, turn);
    const end = () => {
      if (!turn.next && this.#turns.get(key) === turn) this.#turns.delete(key);
    };
    turn.result.then(end, end);
    return turn.result;
  }
}

function waitForAll(comers: Comers): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, MOST_WAIT_MS);
    comers.onAllKnown.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
