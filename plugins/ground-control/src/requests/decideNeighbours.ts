/** The requests before and after one, in the order of a list. */
export interface Neighbours<T> {
  previous?: T;
  next?: T;
  /** Where it stands, from 1; absent once it has left the list. */
  place?: number;
}

/**
 * Finds what lies beside a request. One that has left the list, because it was
 * decided, lies before whatever took its place.
 *
 * @param place - where it stood, from 1, when it was still there
 */
export function decideNeighbours<T extends { id: string }>(
  items: T[],
  id: string,
  place = 1,
): Neighbours<T> {
  const at = items.findIndex(item => item.id === id);
  if (at >= 0) {
    return { previous: items[at - 1], next: items[at + 1], place: at + 1 };
  }
  // What stood beyond the last has none after it: the first waits still.
  return { previous: items[place - 2], next: items[place - 1] ?? items[0] };
}
