import type { Target } from '../types.ts';
import { decideNextDue } from './decideNextDue.ts';

/** At a start, probes begin this far apart where the interval has room. */
const APART_MS = 50;

export interface ScheduleOptions {
  /** Must not throw. */
  probe(target: Target): Promise<void>;
  /** A probe was due and not made: the last one still ran, or we stood still. */
  onSkip(target: Target, count: number): void;
  jitter: number;
}

interface Entry {
  target: Target;
  dueAt: number;
  timer: NodeJS.Timeout;
  running: boolean;
}

/**
 * Probes each target at its interval. A target has one probe at a time: one
 * that takes longer than the interval makes the next be skipped, never
 * overlapped or queued.
 */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  /** Whether a target is still probed in the way that this says. */
  has(target: Target): boolean {
    return this.#entries.get(target.name)?.target === target;
  }

  /** Those that are there already keep their times. */
  set(targets: readonly Target[]): void {
    const wanted = new Map(targets.map(target => [target.name, target]));
    for (const [name, { target, timer }] of this.#entries) {
      if (wanted.get(name) === target) wanted.delete(name);
      else {
        clearTimeout(timer);
        this.#entries.delete(name);
      }
    }
    const now = performance.now();
    [...wanted.values()].forEach((target, i) => {
      const { intervalMs } = target;
      // Evenly, so that no two fall together and the first sample is soon there.
      const spread = Math.min(intervalMs, wanted.size * APART_MS);
      this.#add(target, now + (spread * (i + 1)) / wanted.size);
    });
  }

  stop(): void {
    for (const { timer } of this.#entries.values()) clearTimeout(timer);
    this.#entries.clear();
  }

  #add(target: Target, dueAt: number) {
    const entry: Entry = {
      target,
      dueAt,
      running: false,
      timer: setTimeout(() => this.#due(entry), dueAt - performance.now()),
    };
    this.#entries.set(target.name, entry);
  }

  #due(entry: Entry) {
    const { target } = entry;
    const { dueAt, missed } = decideNextDue({
      lastDue: entry.dueAt,
      now: performance.now(),
      intervalMs: target.intervalMs,
      jitter: this.#options.jitter,
      chance: Math.random(),
    });
    entry.dueAt = dueAt;
    entry.timer = setTimeout(
      () => this.#due(entry),
      Math.max(0, dueAt - performance.now()),
    );
    const skipped = missed + (entry.running ? 1 : 0);
    if (skipped > 0) this.#options.onSkip(target, skipped);
    if (entry.running) return;
    entry.running = true;
    this.#options.probe(target).finally(() => {
      entry.running = false;
    });
  }
}
