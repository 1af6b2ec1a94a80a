import { useMemo } from 'react';
import {
  ClusterDetail,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { isHeard } from './isHeard';
import { ServiceClusterLine } from './ServiceClusterLine';

/** What the first screens hold; thousands of lines would take seconds to draw. */
const SHOWN = 30;

/** The services of a cluster that aren't reconciled, worst first. */
export function AttentionList(props: { cluster: ClusterDetail }) {
  const t = usePagesText();
  const format = useFormat();
  const paths = useReleasesPath();
  const { name, attention, environment, connection, services } = props.cluster;
  const heard = isHeard(connection);
  // Where the cluster is away everything is stale, which one sentence says.
  const told = useMemo(
    () =>
      heard ? attention : attention.filter(({ state }) => state !== 'stale'),
    [attention, heard],
  );
  const shown = useMemo(() => told.slice(0, SHOWN), [told]);
  const board = `${paths.board}?${new URLSearchParams({
    squad: 'all',
    cluster: name,
  })}`;
  return (
    <section className="gc-panel gc-stack-tight">
      <div className="gc-row gc-spread gc-targets">
        <h3>{t('attention.heading')}</h3>
        {environment && (
          <PageLink to={board}>{t('attention.onBoard')}</PageLink>
        )}
      </div>
      {heard && !attention.length && (
        <p>
          <StatusGlyph status="fine" /> {t('attention.none')}
        </p>
      )}
      {!heard && (
        <p>
          <StatusGlyph status="stale" />{' '}
          {connection.observedAt
            ? t('attention.away', { count: services.stale })
            : t('attention.never')}
        </p>
      )}
      {told.length > shown.length && (
        <p className="gc-small gc-quiet">
          {t('attention.most', { number: format.number(shown.length) })}
        </p>
      )}
      <ul className="gc-places-wide">
        {shown.map(place => (
          <ServiceClusterLine
            key={formatServiceRef(place.service)}
            place={place}
            withoutAge
            name={{
              text: formatServiceRef(place.service),
              to: paths.service(place.service),
            }}
          />
        ))}
      </ul>
    </section>
  );
}
