import type { Planned, PlannedWish, SimulationState } from './types.ts';

function before(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

/** Adds something planned to the heap. */
export function plan(state: SimulationState, wish: PlannedWish): void {
  const { queue } = state;
  const item = { ...wish, sequence: state.sequence++ } as Planned;
  let index = queue.push(item) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(item, queue[parent])) {
      break;
    }
    queue[index] = queue[parent];
    index = parent;
  }
  queue[index] = item;
}

/** Takes the earliest. */
export function takeFirst(state: SimulationState): Planned | undefined {
  const { queue } = state;
  const first = queue[0];
  const item = queue.pop();
  if (!item || queue.length === 0) {
    return first;
  }
  let index = 0;
  for (;;) {
    let child = index * 2 + 1;
    if (child >= queue.length) {
      break;
    }
    if (child + 1 < queue.length && before(queue[child + 1], queue[child])) {
      child += 1;
    }
    if (!before(queue[child], item)) {
      break;
    }
    queue[index] = queue[child];
    index = child;
  }
  queue[index] = item;
  return first;
}

/** Takes the earliest of the wanted ones, or nothing. */
export function takeFirstOf(
  state: SimulationState,
  wanted: (item: Planned) => boolean,
): Planned | undefined {
  const [found] = state.queue
    .filter(wanted)
    .sort((a, b) => (before(a, b) ? -1 : 1));
  if (found) {
    const rest = state.queue.filter(item => item !== found);
    // A sorted array is a heap.
    state.queue = rest.sort((a, b) => (before(a, b) ? -1 : 1));
  }
  return found;
}
