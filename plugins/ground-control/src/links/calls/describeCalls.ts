import { LinkCalls } from '@ground-control/backstage-plugin-ground-control-common';
import { LinksText } from '../../hooks/useLinksText';
import { Format } from '../../lib/createFormat';
import { shortName } from '../../lib/shortName';

/** Whose calls these are, as part of a sentence. */
export function describeSquads(
  t: LinksText,
  format: Format,
  squads: string[] | null,
): string {
  return squads
    ? t('calls.squads', {
        count: squads.length,
        names: format.list(squads.map(shortName)),
      })
    : t('calls.allSquads');
}

/** How many calls cross a link that isn't well, as a sentence; absent where there are none at all. */
export function describeCalls(
  t: LinksText,
  format: Format,
  { used, bad, squads, calls }: LinkCalls,
): string | undefined {
  if (!calls.length) return undefined;
  const words = { squads: describeSquads(t, format, squads) };
  if (!used) return t('calls.noneUsed', words);
  if (!bad) return t('calls.noneBad', { ...words, count: used });
  if (used === 1) return t('calls.onlyBad', words);
  return t('calls.bad', { ...words, count: bad, used: format.number(used) });
}
