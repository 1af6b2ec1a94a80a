import { useSearchParams } from 'react-router-dom';
import { PageLink } from '../../components/PageLink';
import { SquadField } from '../../components/SquadField';
import { LiveState } from '../../components/LiveState';
import { StatePanel } from '../../components/StatePanel';
import { StatusGlyph } from '../../components/StatusGlyph';
import { FilterChips } from '../../components/FilterChips';
import { useChoices } from '../../hooks/useChoices';
import { useFormat } from '../../hooks/useFormat';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLinksText } from '../../hooks/useLinksText';
import { useLinksTitle } from '../../hooks/useLinksTitle';
import { useLive } from '../../hooks/useLive';
import { writeParams } from '../../lib/urlState';
import { PageHeading } from '../../pages/PageHeading';
import { useLinksState } from '../useLinksState';
import { CallsAndReleases } from './CallsAndReleases';
import { describeCalls, describeSquads } from './describeCalls';

/** `/links/calls`: which calls cross which link, and whether that is well. */
export function CallsPage() {
  const t = useLinksText();
  const format = useFormat();
  useLinksTitle(t('page.calls'));
  const api = useGroundControlApi();
  const choices = useChoices();
  const { state, unknown, change } = useLinksState();
  const [params] = useSearchParams();
  const { squad = 'mine' } = state;
  const from = params.get('from') || undefined;
  const to = params.get('to') || undefined;
  const elsewhere = writeParams({ from: undefined, to: undefined }, params);
  const query = { squad, from, to };
  const live = useLive(
    `calls ${JSON.stringify(query)}`,
    signal => api.getLinkCalls(query, signal),
    ['links'],
  );
  const { data } = live;
  const sentence = data && describeCalls(t, format, data);
  return (
    <>
      <PageHeading>{sentence ?? t('calls.heading')}</PageHeading>
      <div className="gc-toolbar">
        <SquadField
          squad={squad}
          squads={choices?.squads}
          onChange={value => change({ squad: value })}
        />
        {(from || to) && (
          <span className="gc-row">
            <span className="gc-chip">
              {t('link.name', { from: from ?? '*', to: to ?? '*' })}
            </span>{' '}
            <PageLink to={{ search: elsewhere.toString() }}>
              {t('calls.everyLink')}
            </PageLink>
          </span>
        )}
      </div>
      <FilterChips unknown={unknown} onDismiss={() => change({})} />
      <LiveState live={live} rows={8} rowHeight={72} />
      {data?.trafficMissing && (
        <p className="gc-banner">
          <StatusGlyph status="unknown" />
          <span className="gc-wrap">
            {t('calls.trafficMissing', { reason: data.trafficMissing })}
          </span>
        </p>
      )}
      {data && !data.calls.length && (
        <StatePanel
          title={
            data.squads?.length === 0
              ? t('calls.noSquad')
              : t('calls.empty', {
                  squads: describeSquads(t, format, data.squads),
                })
          }
          action={
            squad === 'all'
              ? undefined
              : {
                  label: t('calls.showAll'),
                  onClick: () => change({ squad: 'all' }),
                }
          }
        >
          <p>{t('calls.emptyHow')}</p>
        </StatePanel>
      )}
      {data && data.calls.length > 0 && (
        <p className="gc-small gc-quiet">
          {t('calls.numbers', {
            percentile: data.percentile,
            window: t(`window.${data.window}`),
          })}
        </p>
      )}
      {data && data.calls.length > 0 && <CallsAndReleases answer={data} />}
    </>
  );
}
