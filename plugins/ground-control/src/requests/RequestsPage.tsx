import { useNavigate } from 'react-router-dom';
import { RequestPage } from '@ground-control/backstage-plugin-ground-control-common';
import { KeysHelp } from '../components/KeysHelp';
import { PageLink } from '../components/PageLink';
import { useUrlState } from '../hooks/useUrlState';
import { LiveState } from '../components/LiveState';
import { MoreButton } from '../components/MoreButton';
import { ScopeFields } from '../components/ScopeFields';
import { StatePanel } from '../components/StatePanel';
import { FilterChips } from '../components/FilterChips';
import { useFormat } from '../hooks/useFormat';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { usePagesText } from '../hooks/usePagesText';
import { usePages } from '../hooks/usePages';
import { usePageTitle } from '../hooks/usePageTitle';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { useShortcuts } from '../hooks/useShortcuts';
import { PageHeading } from '../pages/PageHeading';
import { moveByKey } from './moveByKey';
import { RequestLine } from './RequestLine';
import {
  formatRequestsState,
  parseRequestsState,
  REQUEST_TABS,
  RequestsState,
  RequestTab,
  toRequestQuery,
} from './requestsState';
import { usePrefetch } from './usePrefetch';

const PAGE = 50;

function Tabs(props: {
  state: RequestsState;
  params: URLSearchParams;
  page?: RequestPage;
}) {
  const t = useRequestsText();
  const format = useFormat();
  const { state, params, page } = props;
  const countOf = (tab: RequestTab) => {
    const isTold =
      tab !== 'decided' && !(tab === 'waiting' && page?.waitingUnknown);
    return isTold ? page?.counts[tab] : undefined;
  };
  return (
    <nav className="gc-request-tabs" aria-label={t('list.tabs')}>
      {REQUEST_TABS.map(tab => {
        const count = countOf(tab);
        return (
          <PageLink
            key={tab}
            to={{
              search: formatRequestsState(
                { ...state, status: tab },
                params,
              ).toString(),
            }}
            aria-current={tab === state.status ? 'page' : undefined}
          >
            {t(`list.${tab}`)}
            {count !== undefined && ` ${format.number(count)}`}
          </PageLink>
        );
      })}
    </nav>
  );
}

function Empty(props: {
  state: RequestsState;
  /** Why nothing is known to wait for the reader. */
  waitingUnknown?: string;
  onChange(part: Partial<RequestsState>): void;
}) {
  const t = useRequestsText();
  const paths = useReleasesPath();
  const navigate = useNavigate();
  const { status, squad, env } = props.state;
  if (status === 'waiting' && props.waitingUnknown) {
    return (
      <StatePanel
        status="warning"
        title={props.waitingUnknown}
        action={{
          label: t('list.toOthers'),
          onClick: () => props.onChange({ status: 'others' }),
        }}
      />
    );
  }
  if (squad !== 'all' || env.length) {
    return (
      <StatePanel
        title={t('list.filtered')}
        action={{
          label: t('list.showAll'),
          onClick: () => props.onChange({ squad: 'all', env: [] }),
        }}
      />
    );
  }
  return (
    <StatePanel
      title={t(`list.${status}Empty`)}
      action={
        status === 'waiting'
          ? {
              label: t('list.toOthers'),
              onClick: () => props.onChange({ status: 'others' }),
            }
          : {
              label: t('list.toBoard'),
              onClick: () => navigate(paths.board),
            }
      }
    >
      <p>{t(`list.${status}EmptyHow`)}</p>
    </StatePanel>
  );
}

/** `/releases/requests`: what waits for a decision, from whom, how old. */
export function RequestsPage() {
  const t = useRequestsText();
  const pt = usePagesText();
  usePageTitle(t('list.heading'));
  const { on: letters } = useShortcuts();
  const api = useGroundControlApi();
  const { state, unknown, params, change } = useUrlState(
    parseRequestsState,
    formatRequestsState,
  );
  const query = toRequestQuery(state);
  const key = `requests ${JSON.stringify(query)}`;
  const load = (before: string | undefined, signal: AbortSignal) =>
    api.getRequests({ ...query, before, limit: PAGE }, signal);
  const live = useLive(key, signal => load(undefined, signal), ['requests']);
  const pages = usePages(key, live.data, request => request.id, load);
  const prefetch = usePrefetch();
  const { items } = pages;
  return (
    <>
      <PageHeading>{t('list.heading')}</PageHeading>
      <div className="gc-row gc-spread">
        <Tabs state={state} params={params} page={live.data} />
        <div className="gc-toolbar">
          <ScopeFields scope={state} onChange={change} />
          <KeysHelp
            title={pt('keys.list')}
            keys={[
              [pt('keys.keyListKeys'), pt('keys.keyList')],
              [['Home', 'End'], pt('keys.keyListEnds')],
              ['Enter', pt('keys.keyListOpen')],
            ]}
          />
        </div>
      </div>
      <FilterChips unknown={unknown} onDismiss={() => change({})} />
      <LiveState live={live} rows={6} rowHeight={44} />
      {live.data && !items.length && (
        <Empty
          state={state}
          waitingUnknown={live.data.waitingUnknown}
          onChange={change}
        />
      )}
      {items.length > 0 && (
        <>
          {/* The keys are shortcuts between links, which Tab reaches as well. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <ol
            className="gc-panel gc-requests"
            aria-label={t(`list.${state.status}`)}
            onKeyDown={event => moveByKey(event, letters)}
            {...prefetch}
          >
            {items.map(request => (
              <RequestLine
                key={request.id}
                request={request}
                search={params.toString()}
                own={state.status === 'mine'}
              />
            ))}
          </ol>
          <MoreButton
            pages={pages}
            label={t('list.older')}
            busyLabel={t('list.loadingOlder')}
            endLabel={t('list.end')}
          />
        </>
      )}
    </>
  );
}
