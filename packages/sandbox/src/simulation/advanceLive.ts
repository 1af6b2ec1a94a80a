import { doPlanned } from './advance.ts';
import { buildSomething } from './builds.ts';
import type { Context } from './context.ts';
import { happen } from './happenings/index.ts';
import { takeFirst, takeFirstOf } from './queue.ts';
import type { Planned, WorldEvent } from './types.ts';

/** What the reference company does in a busy hour: some 12 releases. */
const BUILDS_PER_HOUR = 6;
const PROMOTIONS_PER_HOUR = 7;
const HAPPENINGS_PER_HOUR = 0.6;

/** When the next things come while the sandbox runs. */
export interface LiveClock {
  rate: number;
  nextBuildAt: number;
  nextPromotionAt: number;
  nextHappeningAt: number;
}

/** After a machine has slept, this much is made up for, in seconds. */
const LONGEST_ARREARS = 60;

function arrival(context: Context, from: number, perHour: number): number {
  return perHour <= 0
    ? Number.MAX_SAFE_INTEGER
    : from + context.random.exponential(3600 / perHour);
}

/** Begins to live at a moment; at rate 1 as busy as in office hours. */
export function startLive(
  context: Context,
  now: number,
  rate: number,
): LiveClock {
  return {
    rate,
    nextBuildAt: arrival(context, now, rate * BUILDS_PER_HOUR),
    nextPromotionAt: arrival(context, now, rate * PROMOTIONS_PER_HOUR),
    nextHappeningAt: arrival(context, now, rate * HAPPENINGS_PER_HOUR),
  };
}

function isPromotion(item: Planned): boolean {
  return item.kind === 'promote';
}

/** Promotions wait for the office, which is always open here: fetch one. */
function promoteNow(context: Context, at: number): WorldEvent | undefined {
  for (;;) {
    const item = takeFirstOf(context.state, isPromotion);
    const event = item && doPlanned(context, item, at);
    if (!item || event) {
      return event;
    }
  }
}

/** The earliest due thing that isn't a promotion. */
function takeDue(context: Context, now: number): Planned | undefined {
  const { queue } = context.state;
  if (queue.length > 0 && queue[0].at <= now && !isPromotion(queue[0])) {
    return takeFirst(context.state);
  }
  return takeFirstOf(
    context.state,
    item => item.at <= now && !isPromotion(item),
  );
}

/** True when `advanceLive` would do something. */
export function isDue(context: Context, clock: LiveClock, now: number) {
  return (
    clock.rate > 0 &&
    (Math.min(
      clock.nextBuildAt,
      clock.nextPromotionAt,
      clock.nextHappeningAt,
    ) <= now ||
      context.state.queue.some(item => item.at <= now && !isPromotion(item)))
  );
}

/**
 * What happens now, at the clock's rate and whatever the hour. Changes the
 * context's state and the clock in place.
 */
export function* advanceLive(
  context: Context,
  clock: LiveClock,
  now: number,
): Generator<WorldEvent> {
  const { state } = context;
  const { rate } = clock;
  const next = (last: number, perHour: number) =>
    arrival(context, Math.max(last, now - LONGEST_ARREARS), rate * perHour);
  state.at = Math.max(state.at, now);
  while (isDue(context, clock, now)) {
    const planned = takeDue(context, now);
    let event: WorldEvent | undefined;
    if (planned) {
      event = doPlanned(context, planned, state.at);
    } else if (clock.nextBuildAt <= now) {
      clock.nextBuildAt = next(clock.nextBuildAt, BUILDS_PER_HOUR);
      event = buildSomething(context, state.at);
    } else if (clock.nextPromotionAt <= now) {
      clock.nextPromotionAt = next(clock.nextPromotionAt, PROMOTIONS_PER_HOUR);
      event = promoteNow(context, state.at);
    } else {
      clock.nextHappeningAt = next(clock.nextHappeningAt, HAPPENINGS_PER_HOUR);
      event = happen(context, state.at);
    }
    if (event) {
      yield event;
    }
  }
}
