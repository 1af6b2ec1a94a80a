import {
  EntryCheckPart,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { joinNames, part } from './part';

/** Those that aren't well, the worst first. */
const UNWELL: LinkState[] = ['down', 'high', 'elevated'];

/** How those answer that call it over links. One that isn't sampled now says nothing. */
export function decideProbed(
  links: ReadonlyArray<{ from: string; state: LinkState }>,
): EntryCheckPart {
  const unwell = links.filter(({ state }) => UNWELL.includes(state));
  const well = links.filter(({ state }) => state === 'normal');
  if (unwell.length > 0) {
    const worst = UNWELL.find(state =>
      unwell.some(link => link.state === state),
    )!;
    const isGone =
      well.length === 0 && unwell.every(({ state }) => state === 'down');
    return part(isGone ? 'no' : 'partly', 'link-unwell', {
      clusters: joinNames(unwell.map(({ from }) => from)),
      count: unwell.length,
      state: worst,
    });
  }
  if (well.length > 0) return part('yes', 'probed', { count: well.length });
  const stale = links.filter(({ state }) => state === 'stale');
  return stale.length > 0
    ? part('unknown', 'link-stale', {
        clusters: joinNames(stale.map(({ from }) => from)),
        count: stale.length,
      })
    : part('unknown', 'no-probe');
}
