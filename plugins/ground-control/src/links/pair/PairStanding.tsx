import {
  LATENCY_WINDOWS,
  LinkPair,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RelativeTime } from '../../components/RelativeTime';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { useNow } from '../../hooks/useNow';
import { describeLink } from '../describeLink';
import { LinkName } from '../LinkName';
import { LinkStanding } from '../LinkStanding';

/** How a link stands now, over each window, and back. */
export function PairStanding(props: { pair: LinkPair }) {
  const t = useLinksText();
  const format = useFormat();
  const words = { t, format, now: useNow() };
  const { pair } = props;
  const cell = pair.cells[pair.window];
  const { baselineMs, since, lastSuccessAt, source, probe } = cell;
  return (
    <section className="gc-panel gc-stack-tight">
      <LinkStanding link={cell} />
      <dl className="gc-facts">
        <dt>{t('link.since')}</dt>
        <dd>
          <RelativeTime at={since} or={t('link.unknown')} />
        </dd>
        <dt>{t('pair.baseline')}</dt>
        <dd>
          {baselineMs === null
            ? t('pair.noBaseline')
            : `${pair.percentile} ${format.milliseconds(baselineMs)}`}
        </dd>
        <dt>{t('pair.back')}</dt>
        <dd className="gc-targets">
          {pair.reverse ? (
            <>
              <LinkName from={pair.to} to={pair.from} />{' '}
              <LinkStanding link={pair.reverse} />
            </>
          ) : (
            t('pair.noBack')
          )}
        </dd>
        <dt>{t('pair.lastAnswer')}</dt>
        <dd>
          <RelativeTime at={lastSuccessAt} or={t('link.unknown')} />
        </dd>
        <dt>{t('pair.source')}</dt>
        <dd>{[source, probe].filter(Boolean).join(', ') || '–'}</dd>
        {LATENCY_WINDOWS.map(window => {
          const { value, detail } = describeLink(words, pair.cells[window]);
          return [
            <dt key={window}>{`${pair.percentile}, ${t(
              `window.${window}`,
            )}`}</dt>,
            <dd key={`${window} value`}>
              {[value, detail].filter(Boolean).join(', ')}
            </dd>,
          ];
        })}
      </dl>
    </section>
  );
}
