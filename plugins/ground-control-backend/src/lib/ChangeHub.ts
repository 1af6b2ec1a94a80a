import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';

/** Something that readers of our tables may want to know. */
export type Change =
  | { kind: 'services'; services: ServiceRef[] | 'all' }
  /** Commits of the config repository were read, or are gone. */
  | { kind: 'commits' }
  /** Whether and how the config repository can be read. */
  | { kind: 'repository' }
  /** What a cluster reports of itself, or how well it is watched. */
  | {
      kind: 'clusters';
      /** All releases there have to be seen with other eyes. */
      ofConnection: boolean;
    }
  /** How releases stand in clusters. */
  | { kind: 'cluster-services'; services: ServiceRef[] | 'all' }
  /** Release requests. */
  | { kind: 'requests' }
  /** How links stand, and their numbers. */
  | { kind: 'links' };

type Listener = (change: Change) => void | Promise<void>;
type GatheredListener = (changes: Change[]) => void | Promise<void>;

/**
 * Tells the parts of the backend of each other's writes.
 *
 * Listeners of {@link ChangeHub.subscribe} are called at once and waited for,
 * so that rows that hang on others are written before anybody is told to look.
 * Listeners of {@link ChangeHub.subscribeGathered} are called after that, once
 * for all changes of the last 250 ms, because one push of the config
 * repository is many changes.
 */
export class ChangeHub {
  readonly #listeners = new Set<Listener>();
  readonly #gathered = new Set<GatheredListener>();
  readonly #onError: (error: unknown) => void;
  readonly #gatherMs: number;
  #pending: Change[] = [];
  #timer?: NodeJS.Timeout;

  constructor(options: {
    /** Told what a listener threw; a listener stops neither work nor others. */
    onError: (error: unknown) => void;
    gatherMs?: number;
  }) {
    this.#onError = options.onError;
    this.#gatherMs = options.gatherMs ?? 250;
  }

  async publish(change: Change): Promise<void> {
    for (const listener of this.#listeners) {
      try {
        await listener(change);
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#pending.push(change);
    this.#timer ??= setTimeout(() => this.#flush(), this.#gatherMs);
  }

  /** @returns how to end it */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @returns how to end it */
  subscribeGathered(listener: GatheredListener): () => void {
    this.#gathered.add(listener);
    return () => this.#gathered.delete(listener);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #flush() {
    const changes = this.#pending;
    this.#pending = [];
    this.#timer = undefined;
    for (const listener of this.#gathered) {
      Promise.resolve()
        .then(() => listener(changes))
        .catch(this.#onError);
    }
  }
}
