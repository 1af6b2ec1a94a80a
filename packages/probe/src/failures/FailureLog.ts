import type { Failure, Phase, Target } from '../types.ts';

/** One probe that wasn't well. */
export interface FailureEntry {
  source: string;
  target: string;
  /** ISO 8601. */
  at: string;
  result: Failure;
  /** One sentence. */
  reason: string;
  phase: Phase;
  elapsedMs: number;
}

const MOST_OF_A_TARGET = 20;
const MOST_SHOWN = 2_000;

/** The last failures of each target, kept after better times. */
export class FailureLog {
  readonly #byTarget = new Map<string, FailureEntry[]>();

  add(entry: FailureEntry): void {
    const entries = this.#byTarget.get(entry.target) ?? [];
    entries.push(entry);
    if (entries.length > MOST_OF_A_TARGET) entries.shift();
    this.#byTarget.set(entry.target, entries);
  }

  /** Forgets targets that are gone. */
  keep(targets: readonly Target[]): void {
    const wanted = new Set(targets.map(({ name }) => name));
    for (const name of this.#byTarget.keys()) {
      if (!wanted.has(name)) this.#byTarget.delete(name);
    }
  }

  /** Newest first. */
  list(): FailureEntry[] {
    return [...this.#byTarget.values()]
      .flat()
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, MOST_SHOWN);
  }
}
