import { createHash } from 'node:crypto';

/** The whole state of a generator: four unsigned 32-bit numbers. */
export type RandomState = [number, number, number, number];

/**
 * A small, fast generator (sfc32) whose state can be saved and restored, which
 * `Math.random` can't: a world has to continue exactly where it stopped.
 */
export class Random {
  readonly state: RandomState;

  /** Keeps and changes the given state in place. */
  constructor(state: RandomState) {
    this.state = state;
  }

  static fromSeed(seed: string): Random {
    const digest = createHash('sha256').update(seed).digest();
    return new Random([
      digest.readUInt32LE(0),
      digest.readUInt32LE(4),
      digest.readUInt32LE(8),
      digest.readUInt32LE(12),
    ]);
  }

  /** A number from 0 up to, not including, 1. */
  next(): number {
    const s = this.state;
    const t = (((s[0] + s[1]) >>> 0) + s[3]) >>> 0;
    s[3] = (s[3] + 1) >>> 0;
    s[0] = (s[1] ^ (s[1] >>> 9)) >>> 0;
    s[1] = (s[2] + (s[2] << 3)) >>> 0;
    s[2] = (((s[2] << 21) | (s[2] >>> 11)) + t) >>> 0;
    return t / 4294967296;
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)];
  }

  /** An index, each as likely as its share of the last cumulative weight. */
  pickIndex(cumulative: readonly number[]): number {
    const wanted = this.next() * cumulative[cumulative.length - 1];
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > wanted) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** A waiting time whose mean is `mean`: the gaps of a Poisson process. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** A copy in random order. */
  shuffle<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
  }
}
