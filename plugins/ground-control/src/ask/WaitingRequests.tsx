import {
  OPEN_REQUEST_STATES,
  ReleaseRequest,
  RequestQuery,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { PortalLink } from '../components/PortalLink';
import { RelativeTime } from '../components/RelativeTime';
import { RequestStateGlyph } from '../components/RequestStateGlyph';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { Text, useText } from '../hooks/useText';
import { nameOfPerson } from '../lib/nameOfPerson';

/** Of a squad; the list of requests has all. */
const MOST = 5;

type OpenState = 'pending' | 'held' | 'approved';

function isOpen(
  request: ReleaseRequest,
): request is ReleaseRequest & { state: OpenState } {
  return OPEN_REQUEST_STATES.includes(request.state);
}

function describe(
  t: Text,
  { access, environment }: Pick<ReleaseRequest, 'access' | 'environment'>,
): string {
  if (!access) return t('waiting.to', { environment });
  const { change, cluster, name } = access.wish;
  return t(`waiting.${change}`, { name, cluster });
}

/** To the request's page, or to the request at the side of this one. */
function OpenLink(props: { to: string; search?: string; children: string }) {
  const { to, search, children } = props;
  const className = 'gc-button gc-button-bare';
  return search === undefined ? (
    <PortalLink to={to} className={className}>
      {children}
    </PortalLink>
  ) : (
    <PageLink to={{ search }} state={{ within: true }} className={className}>
      {children}
    </PageLink>
  );
}

/** Requests that are open; they come before all others. */
function useOpen(query: RequestQuery) {
  const api = useGroundControlApi();
  const { data, error } = useLive(
    `waiting ${JSON.stringify(query)}`,
    signal => api.getRequests({ ...query, status: 'all' }, signal),
    ['requests'],
  );
  return {
    open: (data?.items ?? []).filter(isOpen),
    isUnknown: error !== undefined && !data,
  };
}

function NotLoaded() {
  const t = useText();
  return <p className="gc-small gc-quiet">{t('waiting.notLoaded')}</p>;
}

function Requests(props: {
  open: Array<ReleaseRequest & { state: OpenState }>;
  /** The page isn't the service's. */
  named?: boolean;
  searchOf?(id: string): string;
}) {
  const t = useText();
  const paths = useReleasesPath();
  const { open, named, searchOf } = props;
  return (
    <ul className="gc-stack-tight" aria-label={t('waiting.label')}>
      {open.map(({ id, state, requestedAt, requestedBy, ...request }) => (
        <li key={id} className="gc-row">
          <span>
            <RequestStateGlyph state={state} /> {t(`waiting.${state}`)}
          </span>{' '}
          <span className="gc-strong">{id}</span>{' '}
          <span className="gc-wrap">
            {named && !request.access && `${request.service.name} `}
            {describe(t, request)}
          </span>{' '}
          <span className="gc-quiet">
            {t('waiting.asked', { name: nameOfPerson(requestedBy) })}{' '}
            <RelativeTime at={requestedAt} />
          </span>{' '}
          <OpenLink to={paths.request(id)} search={searchOf?.(id)}>
            {request.mayDecide
              ? t('waiting.review', { id })
              : t('waiting.open', { id })}
          </OpenLink>
        </li>
      ))}
    </ul>
  );
}

/** Requests about a service that are still open; nothing where there are none. */
export function WaitingRequests(props: {
  service: ServiceRef;
  /** That environment's alone. */
  environment?: string;
  /** On the board: the query that opens a request at its side. */
  searchOf?(id: string): string;
}) {
  const { service, environment, searchOf } = props;
  const { open, isUnknown } = useOpen({ service });
  if (isUnknown) return <NotLoaded />;
  const here = open.filter(
    one => !environment || (!one.access && one.environment === environment),
  );
  return here.length ? <Requests open={here} searchOf={searchOf} /> : null;
}

/** Those that the reader may decide come first, and those that are decided last. */
function rankOf({ mayDecide, state }: ReleaseRequest): number {
  if (mayDecide) return 0;
  return state === 'pending' ? 1 : 2;
}

/** A squad's requests that are still open, what waits before all; nothing where there are none. */
export function SquadRequests(props: { squad: string }) {
  const t = useText();
  const paths = useReleasesPath();
  const { squad } = props;
  const { open, isUnknown } = useOpen({ squad: [squad] });
  if (isUnknown) return <NotLoaded />;
  if (!open.length) return null;
  // The oldest first, as they came.
  const sorted = [...open].sort((a, b) => rankOf(a) - rankOf(b));
  const next = sorted[MOST];
  const status = next?.mayDecide ? 'waiting' : 'others';
  const query = new URLSearchParams({ status, squad });
  return (
    <div className="gc-squad-requests">
      <Requests open={sorted.slice(0, MOST)} named />
      {next && (
        <PortalLink to={`${paths.requests}?${query}`}>
          {t('waiting.more')}
        </PortalLink>
      )}
    </div>
  );
}
