import { useState } from 'react';
import { BoardCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { Hidden } from '../components/Hidden';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { CONNECTION_GLYPHS } from './connectionGlyphs';
import { isHeard } from './isHeard';

/** With more clusters than this, those that are live are one chip. */
const MANY = 12;

function ClusterChip(props: {
  cluster: BoardCluster;
  onFocus(): void;
  onBlur(): void;
}) {
  const t = usePagesText();
  const paths = useReleasesPath();
  const { name, connection } = props.cluster;
  const live = connection.state === 'live';
  const word = t(`connection.${connection.state}`);
  return (
    <PageLink
      to={paths.cluster(name)}
      title={connection.reason ?? word}
      onFocus={props.onFocus}
      onBlur={props.onBlur}
    >
      <span className={isHeard(connection) ? 'gc-chip' : 'gc-chip gc-hatch'}>
        <StatusGlyph status={CONNECTION_GLYPHS[connection.state]} /> {name}{' '}
        {live ? <Hidden>{word}</Hidden> : <span>{word}</span>}{' '}
        {connection.observedAt ? (
          <RelativeTime short at={connection.observedAt} className="gc-quiet" />
        ) : (
          <span className="gc-quiet">{t('strip.never')}</span>
        )}
      </span>
    </PageLink>
  );
}

/**
 * A chip for each cluster: whether it is heard of, and when it was. Where there
 * is little room, those that are live are counted.
 */
export function ClusterStrip(props: { clusters: BoardCluster[] }) {
  const t = usePagesText();
  const paths = useReleasesPath();
  const { clusters } = props;
  const [focused, setFocused] = useState<string>();
  const asked = clusters.find(({ name }) => name === focused);
  const live = clusters.filter(one => one.connection.state === 'live');
  if (!clusters.length) return null;
  return (
    <>
      <ul
        className="gc-row gc-small gc-strip"
        aria-label={t('page.clusters')}
        data-many={clusters.length > MANY || undefined}
      >
        {live.length > 0 && (
          <li className="gc-some">
            <PageLink to={paths.clusters}>
              <span className="gc-chip">
                <StatusGlyph status="fine" />{' '}
                {t('strip.live', { count: live.length })}
              </span>
            </PageLink>
          </li>
        )}
        {clusters.map(cluster => (
          <li
            key={cluster.name}
            data-live={cluster.connection.state === 'live' || undefined}
          >
            <ClusterChip
              cluster={cluster}
              onFocus={() => setFocused(cluster.name)}
              onBlur={() => setFocused(undefined)}
            />
          </li>
        ))}
      </ul>
      {asked && asked.connection.state !== 'live' && (
        <p className="gc-small gc-wrap" role="status">
          {asked.name}: {asked.connection.reason}{' '}
          {t(`connectionHow.${asked.connection.state}`)}
        </p>
      )}
    </>
  );
}
