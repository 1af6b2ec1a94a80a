import {
  LinkCluster,
  LinkSource,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../../components/Hidden';
import { RelativeTime } from '../../components/RelativeTime';
import { Status, StatusGlyph } from '../../components/StatusGlyph';
import { useLinksText } from '../../hooks/useLinksText';

const GLYPHS: Record<LinkSource['state'], Status> = {
  fresh: 'fine',
  stale: 'stale',
  unreachable: 'failed',
  forbidden: 'locked',
  failing: 'problem',
  none: 'never-reported',
};

/** With more sources than this, those that are fresh are one chip. */
const MANY = 12;

/** What measures from each cluster: whether it is heard of, when it was, and why not. */
export function SourceStrip(props: { clusters: LinkCluster[] }) {
  const t = useLinksText();
  const { clusters } = props;
  const fresh = clusters.filter(({ source }) => source.state === 'fresh');
  const away = clusters.filter(({ source }) => source.state !== 'fresh');
  const shown = clusters.length > MANY ? away : clusters;
  return (
    <section className="gc-stack-tight" aria-label={t('source.label')}>
      <ul className="gc-row gc-small">
        {shown !== clusters && fresh.length > 0 && (
          <li className="gc-chip">
            <StatusGlyph status="fine" />{' '}
            {t('source.some', { count: fresh.length })}
          </li>
        )}
        {shown.map(({ name, source }) => {
          const word = t(`source.${source.state}`);
          return (
            <li
              key={name}
              className={
                source.state === 'fresh' ? 'gc-chip' : 'gc-chip gc-hatch'
              }
            >
              <StatusGlyph status={GLYPHS[source.state]} /> {name}{' '}
              {source.state === 'fresh' ? <Hidden>{word}</Hidden> : word}{' '}
              <RelativeTime short at={source.sampledAt} className="gc-quiet" />
            </li>
          );
        })}
      </ul>
      {away.length > 0 && (
        <details className="gc-small" open={away.length <= 3}>
          <summary>{t('source.away', { count: away.length })}</summary>
          <ul className="gc-stack-tight">
            {away.map(({ name, source }) => (
              <li key={name} className="gc-wrap">
                <span className="gc-strong">{name}</span>:{' '}
                {source.state !== 'fresh' && t(`sourceWhy.${source.state}`)}{' '}
                {source.reason && (
                  <span className="gc-quiet">{source.reason}</span>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
