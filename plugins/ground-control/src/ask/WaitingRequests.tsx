import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatServiceRef,
  OPEN_REQUEST_STATES,
  ReleaseRequest,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { RelativeTime } from '../components/RelativeTime';
import { RequestStateGlyph } from '../components/RequestStateGlyph';
import { useLive } from '../hooks/useLive';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useText } from '../hooks/useText';
import { nameOfPerson } from '../lib/nameOfPerson';

type OpenState = 'pending' | 'held' | 'approved';

function isOpen(
  request: ReleaseRequest,
): request is ReleaseRequest & { state: OpenState } {
  return OPEN_REQUEST_STATES.includes(request.state);
}

/** Requests of a service that may still become a release; nothing where there are none. */
export function WaitingRequests(props: {
  service: ServiceRef;
  /** That environment's alone. */
  environment?: string;
}) {
  const t = useText();
  const api = useApi(groundControlApiRef);
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
    .filter(one => !environment || one.environment === environment);
  if (!open.length) return null;
  return (
    <ul className="gc-stack-tight" aria-label={t('waiting.label')}>
      {open.map(({ id, state, requestedAt, requestedBy, ...request }) => (
        <li key={id} className="gc-row">
          <span>
            <RequestStateGlyph state={state} /> {t(`waiting.${state}`)}
          </span>{' '}
          <span className="gc-strong">{id}</span>{' '}
          <span>{t('waiting.to', { environment: request.environment })}</span>{' '}
          <span className="gc-quiet">
            {t('waiting.asked', { name: nameOfPerson(requestedBy) })}{' '}
            <RelativeTime at={requestedAt} form="long" />
          </span>{' '}
          <Link to={paths.request(id)} className="gc-button gc-button-bare">
            {request.mayDecide
              ? t('waiting.review', { id })
              : t('waiting.open', { id })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
