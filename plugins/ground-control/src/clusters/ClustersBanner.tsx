import { BoardCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { useNow } from '../hooks/useNow';
import { Format } from '../lib/createFormat';
import { isHeard } from './isHeard';

const HALF_DAY_MS = 43_200_000;

/** The time of day, and the day where it could be another one. */
function formatMoment(format: Format, at: string, now: number): string {
  const date = new Date(at);
  return now - date.getTime() < HALF_DAY_MS
    ? format.time(date)
    : format.minute(date);
}

/** Says of which clusters what is shown is old, and from when; nothing where all are heard of. */
export function ClustersBanner(props: { clusters: BoardCluster[] }) {
  const t = usePagesText();
  const format = useFormat();
  const now = useNow();
  const { clusters } = props;
  // One that was not read yet has shown nothing that could be old.
  const away = clusters.filter(
    ({ connection }) => !isHeard(connection) && connection.state !== 'starting',
  );
  if (!away.length) return null;
  const [{ name, connection }] = away;
  const textOf = () => {
    if (away.length > 1) {
      return t('strip.several', {
        number: format.number(away.length),
        total: format.number(clusters.length),
        clusters: format.list(away.map(cluster => cluster.name)),
      });
    }
    const state = t(`connection.${connection.state}`);
    return connection.observedAt
      ? t('strip.one', {
          cluster: name,
          state,
          time: formatMoment(format, connection.observedAt, now),
        })
      : t('strip.oneNever', { cluster: name, state });
  };
  return (
    <div className="gc-banner gc-banner-warn" role="status">
      <StatusGlyph status="stale" />
      <span className="gc-wrap">
        {textOf()} {away.length === 1 && connection.reason}
      </span>
    </div>
  );
}
