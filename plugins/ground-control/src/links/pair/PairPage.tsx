import { useState } from 'react';
import { useParams } from 'react-router-dom';
import {
  LinkPair,
  LinkRelease,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../../components/PageLink';
import { LiveState } from '../../components/LiveState';
import { RelativeTime } from '../../components/RelativeTime';
import { StatePanel } from '../../components/StatePanel';
import { FilterChips } from '../../components/FilterChips';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLinksPath } from '../../hooks/useLinksPath';
import { useLinksText } from '../../hooks/useLinksText';
import { useLinksTitle } from '../../hooks/useLinksTitle';
import { useLive } from '../../hooks/useLive';
import { usePagesText } from '../../hooks/usePagesText';
import { describeError } from '../../lib/describeError';
import { PageHeading } from '../../pages/PageHeading';
import { formatLinksState } from '../linksState';
import { useLinksState } from '../useLinksState';
import { WindowFields } from '../WindowFields';
import { PairCalls } from './PairCalls';
import { PairChart } from './PairChart';
import { PairEntries } from './PairEntries';
import { PairFacts } from './PairFacts';
import { PairFailures } from './PairFailures';
import { PairStanding } from './PairStanding';
import { PairTable } from './PairTable';

function OverTime(props: { pair: LinkPair; releases: LinkRelease[] }) {
  const t = useLinksText();
  const [asTable, setAsTable] = useState(false);
  const { pair } = props;
  const Shown = asTable ? PairTable : PairChart;
  return (
    <section className="gc-panel gc-stack-tight">
      <div className="gc-row gc-spread">
        <h3>{t('chart.heading')}</h3>
        <button
          type="button"
          className="gc-button"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t('chart.table')}
        </button>
      </div>
      {pair.points.length ? (
        <Shown {...props} />
      ) : (
        <p className="gc-quiet">{t('chart.none')}</p>
      )}
    </section>
  );
}

function Content(props: { from: string; to: string }) {
  const t = useLinksText();
  const pt = usePagesText();
  const paths = useLinksPath();
  const api = useGroundControlApi();
  const { from, to } = props;
  const { state, unknown, change } = useLinksState();
  const { window, percentile } = state;
  const live = useLive(
    `link ${from} ${to} ${window} ${percentile}`,
    signal => api.getLinkPair({ from, to, window, percentile }, signal),
    ['links'],
  );
  const calls = useLive(
    `calls over ${from} ${to}`,
    signal => api.getLinkCalls({ squad: 'all', from, to }, signal),
    ['links'],
  );
  const { data: pair, error } = live;
  const missing =
    error !== undefined && describeError(error).kind === 'not-found';
  return (
    <>
      <div className="gc-row gc-spread">
        <PageHeading>{t('link.name', { from, to })}</PageHeading>
        <div className="gc-row gc-small gc-targets">
          {live.receivedAt && (
            <span className="gc-quiet">
              {pt('age.updatedShort')} <RelativeTime at={live.receivedAt} />
            </span>
          )}
          <PageLink
            to={{
              pathname: paths.matrix,
              search: formatLinksState(state).toString(),
            }}
          >
            {t('page.toMatrix')}
          </PageLink>
        </div>
      </div>
      <div className="gc-toolbar">
        <WindowFields
          state={state}
          samples={pair?.cells[window].samples ?? 0}
          onChange={change}
        />
      </div>
      <FilterChips unknown={unknown} onDismiss={() => change({})} />
      {missing && !pair ? (
        <StatePanel
          status="not-released"
          title={t('pair.notFound', { from, to })}
        />
      ) : (
        <LiveState live={live} rows={8} rowHeight={44} />
      )}
      {pair && (
        <>
          <div className="gc-pair-columns">
            <PairStanding pair={pair} />
            <OverTime pair={pair} releases={calls.data?.releases ?? []} />
            <PairFacts link={pair.link} />
            <PairFailures pair={pair} />
          </div>
          <PairEntries from={from} to={to} />
          <PairCalls live={calls} />
        </>
      )}
    </>
  );
}

/** `/links/:from/:to`: one link over time, and what crosses it. */
export function PairPage() {
  const t = useLinksText();
  const { from = '', to = '' } = useParams();
  useLinksTitle(t('link.name', { from, to }));
  return <Content key={`${from} ${to}`} from={from} to={to} />;
}
