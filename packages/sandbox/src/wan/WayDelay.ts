import { hashNumber } from '../lib/hash.ts';
import { Random } from '../lib/random.ts';
import { GATEWAY_MS } from './Gateway.ts';

const DAY_MS = 86_400_000;
/** The round trip's slow swing over a day, as a share of it. */
const SWING = 0.02;
/**
 * How far a single way strays, as a share. Wide enough that samples fall on
 * both sides of a histogram's bound, so that a percentile between two buckets
 * comes out near the truth.
 */
const JITTER = 0.11;
/** What this machine itself takes to carry a question and its answer. */
const CARRYING_MS = 1;
/** Now and then something on the way is busy. */
const SPIKE_CHANCE = 0.002;

/** How long each single way of a direction takes, decided by the seed. */
export class WayDelay {
  private readonly wayMs: number;
  private readonly random: Random;
  private readonly phase: number;

  /**
   * The round trip is what a probe sees, so the gateway's time is part of it,
   * and what this machine takes isn't added to it.
   */
  constructor(roundTripMs: number, seed: string) {
    this.wayMs = Math.max(0, roundTripMs - GATEWAY_MS - CARRYING_MS) / 2;
    this.random = Random.fromSeed(seed);
    this.phase = hashNumber(seed, 'phase');
  }

  /** Milliseconds of the next way, at a moment in milliseconds since 1970. */
  next(now: number): number {
    const { random } = this;
    const swing =
      1 + SWING * Math.sin(2 * Math.PI * (now / DAY_MS + this.phase));
    // Three dice come close to a bell.
    const stray = (random.next() + random.next() + random.next()) * 2 - 3;
    const spike = random.chance(SPIKE_CHANCE) ? 1 + random.next() * 2 : 1;
    return this.wayMs * swing * spike * (1 + (stray * JITTER) / 1.73);
  }
}
