/** One side of a comparison: a release by its position, or an environment's current one. */
export interface CompareSide {
  environment: string;
  position?: number;
}

export function formatCompareSide(side: CompareSide): string {
  return side.position === undefined
    ? side.environment
    : `${side.environment}@${side.position}`;
}

/** Reads what {@link formatCompareSide} writes; undefined for anything else. */
export function parseCompareSide(text: string | null): CompareSide | undefined {
  if (!text) return undefined;
  const at = text.lastIndexOf('@');
  if (at < 0) return { environment: text };
  const environment = text.slice(0, at);
  const position = Number(text.slice(at + 1));
  return environment && Number.isSafeInteger(position) && position > 0
    ? { environment, position }
    : undefined;
}

/**
 * The selection after somebody ticks a release: it is taken out if it was in;
 * a third pushes out the first.
 */
export function toggleSide(
  selected: CompareSide[],
  side: CompareSide,
): CompareSide[] {
  const name = formatCompareSide(side);
  const without = selected.filter(other => formatCompareSide(other) !== name);
  return without.length < selected.length
    ? without
    : [...without, side].slice(-2);
}
