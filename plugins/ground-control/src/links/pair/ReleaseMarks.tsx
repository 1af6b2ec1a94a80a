import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { useFormat } from '../../hooks/useFormat';
import { PlacedRelease } from './placeReleases';

/** Releases under the time axis; the page lists them as well, for those who don't see or point. */
export function ReleaseMarks(props: { placed: PlacedRelease[]; y: number }) {
  const format = useFormat();
  const { placed, y } = props;
  return (
    <>
      {placed.map(({ x, release }) => {
        const { environment, releasedAt } = release;
        const name = formatServiceRef(release);
        const at = format.minute(new Date(releasedAt));
        return (
          <path
            key={`${name} ${environment} ${releasedAt}`}
            className="gc-chart-release"
            d={`M${x} ${y}l4 7h-8z`}
          >
            <title>{[name, environment, at].join(' · ')}</title>
          </path>
        );
      })}
    </>
  );
}
