import {
  LinkCode,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Level } from '../book/types';
import { countInRowNeeded } from './decideDown';

/** What is known of a link when its source was just heard of. */
export interface LinkFacts {
  /** When its source was heard of. */
  now: number;
  /** From one reading of the source to the next. */
  readMs: number;
  /** From one probe to the next, where that is known. */
  intervalMs?: number;
  /** A probe was ever counted. */
  everSampled: boolean;
  lastSuccessAt?: number;
  /** The word of what measures; undefined where it doesn't say. */
  alive?: boolean;
  /** The present counters have counted a probe: what measures has tried. */
  hasCounted: boolean;
  lostInRow: number;
  /** The last five minutes. */
  recent: { ok: number; failed: number };
  loss: Level;
  slowness: Level;
  hasBaseline: boolean;
}

/** So many intervals without an answer, and without a loss, are no chance. */
const MOST_INTERVALS = 3;

function isDown(facts: LinkFacts): LinkCode | undefined {
  const { alive, hasCounted, lostInRow, recent } = facts;
  // Before its first probe, what measures says that nothing is alive.
  if (alive === false && hasCounted) return 'not-alive';
  const before = {
    ok: recent.ok,
    failed: Math.max(0, recent.failed - lostInRow),
  };
  return lostInRow >= countInRowNeeded(before) ? 'all-lost' : undefined;
}

function isWithoutAnswer(facts: LinkFacts): boolean {
  const { now, readMs, intervalMs = readMs, lastSuccessAt } = facts;
  if (lastSuccessAt === undefined) return false;
  return now - lastSuccessAt > MOST_INTERVALS * intervalMs + readMs;
}

/**
 * How a link stands by its samples. The first that holds: never sampled, down,
 * high, elevated, normal. Whether a reader may see it, whether it is linked,
 * and whether its source is still heard of comes before, where it is read.
 */
export function judgeLink(facts: LinkFacts): {
  state: LinkState;
  code: LinkCode;
} {
  if (!facts.everSampled)
    return { state: 'never-sampled', code: 'not-sampled' };
  const down = isDown(facts);
  if (down) return { state: 'down', code: down };
  const noAnswer: Level = isWithoutAnswer(facts) ? 2 : 0;
  const { loss, slowness } = facts;
  const level = Math.max(noAnswer, loss, slowness) as Level;
  if (level === 0) {
    const code = facts.hasBaseline ? 'as-usual' : 'no-baseline';
    return { state: 'normal', code };
  }
  const causes: Array<[LinkCode, Level]> = [
    ['no-answer', noAnswer],
    ['loss', loss],
    ['slower', slowness],
  ];
  const [code] = causes.find(([, reached]) => reached === level)!;
  return { state: level === 2 ? 'high' : 'elevated', code };
}
