import { Knex } from 'knex';
import { CurrentRelease } from './decide/types';
import { readPositions } from './store/readPositions';
import { readReleases } from './store/readReleases';

/** Told of what the config repository has brought. */
export interface ReleaseListener {
  /** Of one environment; `all` when everything may be another. */
  onReleases(environment: string, services: string[] | 'all'): void;
  /** Commits that weren't known may be known now. */
  onPositions(): void;
}

/** Clusters name a handful; more means that somebody makes them up. */
const MOST_COMMITS = 20_000;
/** A commit that isn't known is looked up again after so long, or on news. */
const ASK_AGAIN_MS = 5_000;

/**
 * What the config repository says, in memory and for all clusters of this
 * process: current releases by environment, and the positions of commits.
 */
export class ReleaseBook {
  readonly #environments = new Map<string, Map<string, CurrentRelease>>();
  readonly #positions = new Map<string, number>();
  /** Commits that weren't read yet, and since when they are asked for. */
  readonly #unknown = new Map<string, { since: number; askedAt: number }>();
  readonly #listeners = new Set<ReleaseListener>();
  #position = 0;
  #history?: string;

  constructor(
    private readonly options: {
      knex: Knex;
      repository: string;
      now?: () => number;
    },
  ) {}

  /** @returns how to end it */
  subscribe(listener: ReleaseListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Current releases by service; empty until they were loaded. */
  releases(environment: string): ReadonlyMap<string, CurrentRelease> {
    return this.#environments.get(environment) ?? new Map();
  }

  /** Makes sure that an environment's releases are there. */
  async load(environment: string): Promise<void> {
    if (this.#environments.has(environment)) return;
    const { knex, repository } = this.options;
    const read = await readReleases(knex, repository, environment);
    if (this.#environments.has(environment)) return;
    const releases = new Map<string, CurrentRelease>();
    for (const [key, release] of read) if (release) releases.set(key, release);
    this.#environments.set(environment, releases);
  }

  /** Whether there is anything to judge by. */
  get isKnown(): boolean {
    return this.#history !== undefined;
  }

  positionOf(commit: string): number | undefined {
    return this.#positions.get(commit);
  }

  unknownSince(commit: string): number | undefined {
    return this.#unknown.get(commit)?.since;
  }

  /** Looks commits up that aren't known, where it is time to. */
  async learn(commits: Iterable<string>): Promise<void> {
    const now = this.#now();
    const wanted = [...new Set(commits)].filter(commit => {
      if (this.#positions.has(commit)) return false;
      const asked = this.#unknown.get(commit)?.askedAt;
      return asked === undefined || now - asked >= ASK_AGAIN_MS;
    });
    if (wanted.length === 0) return;
    const { knex, repository } = this.options;
    const found = await readPositions(knex, repository, wanted);
    if (this.#positions.size > MOST_COMMITS) this.#positions.clear();
    if (this.#unknown.size > MOST_COMMITS) this.#unknown.clear();
    for (const commit of wanted) {
      const position = found.get(commit);
      if (position === undefined) {
        const since = this.#unknown.get(commit)?.since ?? now;
        this.#unknown.set(commit, { since, askedAt: now });
      } else {
        this.#positions.set(commit, position);
        this.#unknown.delete(commit);
      }
    }
  }

  /** Takes in what the repository's row says, and what came since. */
  async note(news: { position: number; history: string }): Promise<void> {
    const isOther =
      this.#history !== undefined &&
      (news.history !== this.#history || news.position < this.#position);
    const isFirst = this.#history === undefined;
    if (!isOther && !isFirst && news.position === this.#position) return;
    const above = isOther || isFirst ? -1 : this.#position;
    await this.#reload(above);
    this.#position = news.position;
    this.#history = news.history;
    if (isOther) this.#positions.clear();
    for (const asked of this.#unknown.values()) asked.askedAt = -Infinity;
    for (const listener of this.#listeners) listener.onPositions();
  }

  async #reload(above: number) {
    const { knex, repository } = this.options;
    for (const [environment, releases] of this.#environments) {
      const read = await readReleases(knex, repository, environment, above);
      if (above < 0) releases.clear();
      for (const [key, release] of read) {
        if (release) releases.set(key, release);
        else releases.delete(key);
      }
      const services = above < 0 ? 'all' : [...read.keys()];
      if (services !== 'all' && services.length === 0) continue;
      for (const listener of this.#listeners) {
        listener.onReleases(environment, services);
      }
    }
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}
