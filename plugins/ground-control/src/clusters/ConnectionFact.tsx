import { ClusterConnection } from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { CONNECTION_GLYPHS } from './connectionGlyphs';

/** Our connection to a cluster: its state, since when, why, and what to do about it. */
export function ConnectionFact(props: { connection: ClusterConnection }) {
  const t = usePagesText();
  const { state, reason, since, observedAt, lastEventAt, toldAt } =
    props.connection;
  return (
    <div className="gc-stack-tight">
      <span>
        <StatusGlyph status={CONNECTION_GLYPHS[state]} />{' '}
        <span className="gc-strong">{t(`connection.${state}`)}</span>{' '}
        {since && (
          <span className="gc-quiet gc-small">
            {t('clusters.since')} <RelativeTime at={since} />
          </span>
        )}
      </span>
      {reason && <span className="gc-wrap gc-small">{reason}</span>}
      {state !== 'live' && (
        <span className="gc-small gc-quiet">{t(`connectionHow.${state}`)}</span>
      )}
      {toldAt && (
        <span className="gc-small gc-quiet">
          {t('clusters.told')} <RelativeTime at={toldAt} />
        </span>
      )}
      <span className="gc-small gc-quiet">
        {t('clusters.heard')}{' '}
        <RelativeTime at={observedAt} or={t('clusters.never')} />
        {lastEventAt && (
          <>
            {' · '}
            {t('clusters.lastEvent')} <RelativeTime at={lastEventAt} />
          </>
        )}
      </span>
    </div>
  );
}
