import { ObjectName } from '../kube';

const MOST_NAMED = 3;

/** Says which objects are too large to be read; undefined for none. */
export function describeLeftOut(
  names: readonly ObjectName[],
): string | undefined {
  if (names.length === 0) return undefined;
  const named = names
    .slice(0, MOST_NAMED)
    .map(({ kind, namespace, name }) =>
      [kind, [namespace, name ?? 'without a name'].filter(Boolean).join('/')]
        .filter(Boolean)
        .join(' '),
    )
    .join(', ');
  const more =
    names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `Too large to be read, and left out: ${named}${more}`;
}
