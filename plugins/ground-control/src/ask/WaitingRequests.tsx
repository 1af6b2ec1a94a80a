import {
  formatServiceRef,
  OPEN_REQUEST_STATES,
  ReleaseRequest,
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

/** Requests about a service that are still open; nothing where there are none. */
export function WaitingRequests(props: {
  service: ServiceRef;
  /** That environment's alone. */
  environment?: string;
  /** On the board: the query that opens a request at its side. */
  searchOf?(id: string): string;
}) {
  const t = useText();
  const api = useGroundControlApi();
  const paths = useReleasesPath();
  const { service, environment } = props;
  const live = useLive(
    `waiting ${formatServiceRef(service)}`,
    signal => api.getRequests({ service, status: 'all' }, signal),
    ['requests'],
  );
  if (live.error !== undefined && !live.data) {
    return <p className="gc-small gc-quiet">{t('waiting.notLoaded')}</p>;
  }
  const open = (live.data?.items ?? [])
    .filter(isOpen)
    .filter(
      one => !environment || (!one.access && one.environment === environment),
    );
  if (!open.length) return null;
  return (
    <ul className="gc-stack-tight" aria-label={t('waiting.label')}>
      {open.map(({ id, state, requestedAt, requestedBy, ...request }) => (
        <li key={id} className="gc-row">
          <span>
            <RequestStateGlyph state={state} /> {t(`waiting.${state}`)}
          </span>{' '}
          <span className="gc-strong">{id}</span>{' '}
          <span className="gc-wrap">{describe(t, request)}</span>{' '}
          <span className="gc-quiet">
            {t('waiting.asked', { name: nameOfPerson(requestedBy) })}{' '}
            <RelativeTime at={requestedAt} />
          </span>{' '}
          <OpenLink to={paths.request(id)} search={props.searchOf?.(id)}>
            {request.mayDecide
              ? t('waiting.review', { id })
              : t('waiting.open', { id })}
          </OpenLink>
        </li>
      ))}
    </ul>
  );
}
