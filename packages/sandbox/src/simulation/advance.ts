import { activityAt } from '../lib/calendar.ts';
import { buildService, buildSomething } from './builds.ts';
import type { Context } from './context.ts';
import { happen } from './happenings/index.ts';
import { takeFirst } from './queue.ts';
import { doPlannedRelease } from './releases.ts';
import type { Planned, WorldEvent } from './types.ts';

/**
 * The next moment of something that comes `perHour` times in a busy hour and
 * less often in a quiet one: gaps at the busiest rate, thinned by how busy the
 * company is at that moment.
 */
export function nextArrival(
  context: Context,
  from: number,
  perHour: number,
): number {
  const { random } = context;
  if (perHour <= 0) {
    return Number.MAX_SAFE_INTEGER;
  }
  let at = from;
  do {
    at += random.exponential(3600 / perHour);
  } while (random.next() >= activityAt(at));
  return Math.ceil(at);
}

/** What a planned thing comes to; nothing if it has become pointless. */
export function doPlanned(
  context: Context,
  item: Planned,
  at: number,
): WorldEvent | undefined {
  if (item.kind === 'first-build' || item.kind === 'fix') {
    const service = context.byName.get(item.service)!;
    return buildService(
      context,
      service,
      at,
      item.kind === 'fix' ? 'fix' : 'master',
    );
  }
  return doPlannedRelease(context, item, at);
}

/**
 * Lets time pass until the given moment and yields what happens, in order of
 * time. It depends on the context's company and state alone, and changes that
 * state in place; to stop halfway and continue gives the same events.
 */
export function* advance(
  context: Context,
  until: number,
): Generator<WorldEvent> {
  const { state } = context;
  for (;;) {
    const plannedAt = state.queue[0]?.at ?? Number.MAX_SAFE_INTEGER;
    const next = Math.min(plannedAt, state.nextBuildAt, state.nextHappeningAt);
    if (next > until) {
      break;
    }
    // What was planned for a time that has passed happens now, never before.
    state.at = Math.max(state.at, next);
    let event: WorldEvent | undefined;
    if (next === plannedAt) {
      event = doPlanned(context, takeFirst(state)!, state.at);
    } else if (next === state.nextBuildAt) {
      state.nextBuildAt = nextArrival(context, state.at, state.buildsPerHour);
      event = buildSomething(context, state.at);
    } else {
      state.nextHappeningAt = nextArrival(
        context,
        state.at,
        state.happeningsPerHour,
      );
      event = happen(context, state.at);
    }
    if (event) {
      yield event;
    }
  }
  state.at = Math.max(state.at, until);
}
