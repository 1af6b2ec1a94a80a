/**
 * The items to show while somebody points at or focuses one of them: those
 * that are shown already, in the order that they have, with their newest
 * values. What is new waits, what is gone stays.
 *
 * `changed` says how many items would move, come or go if `next` were shown.
 */
export function keepOrder<T extends { key: string }>(
  shown: T[],
  next: T[],
): { items: T[]; changed: number } {
  const newest = new Map(next.map(item => [item.key, item]));
  const items = shown.map(item => newest.get(item.key) ?? item);
  const shownKeys = new Set(shown.map(item => item.key));
  const staying = shown.filter(item => newest.has(item.key));
  const common = next.filter(item => shownKeys.has(item.key));
  const moved = common.filter((item, i) => item.key !== staying[i].key).length;
  const come = next.length - common.length;
  const gone = shown.length - staying.length;
  return { items, changed: moved + come + gone };
}
