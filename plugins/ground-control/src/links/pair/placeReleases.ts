import { LinkRelease } from '@ground-control/backstage-plugin-ground-control-common';
import { ChartLayout } from './layoutChart';

/** A release on the chart's time axis. */
export interface PlacedRelease {
  x: number;
  release: LinkRelease;
}

/** Places the releases that a chart's time has; the others have no place. */
export function placeReleases(
  releases: LinkRelease[],
  { begin, end }: Pick<ChartLayout, 'begin' | 'end'>,
  width: number,
): PlacedRelease[] {
  return releases
    .map(release => {
      const at = Date.parse(release.releasedAt);
      return { x: ((at - begin) / (end - begin)) * width, release };
    })
    .filter(({ x }) => x >= 0 && x <= width);
}
