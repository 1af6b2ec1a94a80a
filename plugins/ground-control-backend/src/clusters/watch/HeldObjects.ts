import { isDeepStrictEqual } from 'node:util';
import { takeTurn } from '../../lib/takeTurn';

/** Observed at a stretch: others wait meanwhile. */
const STRETCH_MS = 4;

export interface HeldObjectsOptions {
  observe: (object: unknown) => unknown;
  /** `value` is undefined when the object is gone. */
  onObject: (key: string, value: unknown) => void;
  tickMs: number;
  calmMs: number;
}

/** A list that is being read, until it is whole and believed. */
export interface ListStage {
  add(key: string, object: unknown): void;
  /** An object that is there and can't be read keeps what was known of it. */
  keep(key: string): void;
  /** Takes the list's place of all that was known, and tells what differs. */
  commit(): void;
}

/**
 * What was observed of the objects of one kind. Changes are gathered: what
 * comes within a tick is told together, and of an object that changes all the
 * time only the last value after each calm is observed at all.
 */
export class HeldObjects {
  readonly #options: HeldObjectsOptions;
  readonly #held = new Map<string, unknown>();
  /** Objects as they came; undefined when gone. */
  readonly #pending = new Map<string, unknown>();
  /** When objects were told of lately, for the calm. */
  readonly #told = new Map<string, number>();
  #timer?: NodeJS.Timeout;
  #isTelling = false;

  constructor(options: HeldObjectsOptions) {
    this.#options = options;
  }

  get objects(): ReadonlyMap<string, unknown> {
    return this.#held;
  }

  /** How many there are at most, with those that weren't told yet. */
  get mostObjects(): number {
    return this.#held.size + this.#pending.size;
  }

  /** @param object - undefined when it is gone */
  change(key: string, object: unknown): void {
    this.#pending.set(key, object);
    this.#arm();
  }

  beginList(): ListStage {
    const listed = new Map<string, unknown>();
    const kept = new Set<string>();
    return {
      add: (key, object) => {
        const value = this.#observe(object);
        if (value !== undefined) listed.set(key, value);
      },
      keep: key => kept.add(key),
      commit: () => {
        this.forgetPending();
        for (const key of [...this.#held.keys()]) {
          if (!listed.has(key) && !kept.has(key)) this.#put(key, undefined);
        }
        for (const [key, value] of listed) this.#put(key, value);
      },
    };
  }

  /** What came and wasn't told yet is older than what is about to be read. */
  forgetPending(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.clear();
  }

  #arm() {
    if (this.#isTelling || this.#pending.size === 0) return;
    this.#timer ??= setTimeout(() => this.#tick(), this.#options.tickMs);
  }

  #tick() {
    this.#timer = undefined;
    this.#isTelling = true;
    void this.#tell().finally(() => {
      this.#isTelling = false;
      this.#arm();
    });
  }

  /** One commit changes thousands of objects in each of many clusters. */
  async #tell() {
    await takeTurn();
    const { calmMs } = this.#options;
    let now = performance.now();
    for (const [key, at] of this.#told) {
      if (now - at >= calmMs) this.#told.delete(key);
    }
    let begun = now;
    for (const key of [...this.#pending.keys()]) {
      if (performance.now() - begun > STRETCH_MS) {
        await takeTurn();
        begun = now = performance.now();
      }
      // It may be another by now, or have been read in a list meanwhile.
      if (this.#told.has(key) || !this.#pending.has(key)) continue;
      const object = this.#pending.get(key);
      this.#pending.delete(key);
      this.#told.set(key, now);
      this.#put(key, object === undefined ? undefined : this.#observe(object));
    }
  }

  #observe(object: unknown): unknown {
    try {
      return this.#options.observe(object);
    } catch {
      // It promises not to; one odd object must not end the watch of all.
      return undefined;
    }
  }

  #put(key: string, value: unknown) {
    if (value === undefined) {
      if (!this.#held.delete(key)) return;
    } else {
      if (isDeepStrictEqual(this.#held.get(key), value)) return;
      this.#held.set(key, value);
    }
    this.#options.onObject(key, value);
  }
}
