import {
  formatServiceRef,
  ReleaseRequest,
  RequestDecider,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { RequestStateGlyph } from '../components/RequestStateGlyph';
import { PagesText, usePagesText } from '../hooks/usePagesText';
import { Format } from '../lib/createFormat';
import { useFormat } from '../hooks/useFormat';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { nameOfPerson } from '../lib/nameOfPerson';
import { shownState } from '../lib/shownState';

function describeState(
  t: PagesText,
  format: Format,
  request: ReleaseRequest,
  deciders: RequestDecider[],
): string {
  const { clusters } = request;
  const state = shownState(request);
  const total = clusters.length;
  switch (state) {
    case 'pending':
      return deciders.length
        ? t('asked.pendingBy', {
            people: format.list(deciders.map(nameOfPerson)),
          })
        : t('asked.pending');
    case 'committed':
      return total
        ? t('asked.committedOf', {
            running: format.number(
              clusters.filter(one => one.state === 'running').length,
            ),
            total: format.number(total),
          })
        : t('asked.committed');
    case 'succeeded':
    case 'unmeasured':
      return total
        ? t('asked.succeededOf', { count: total })
        : t('asked.succeeded');
    default:
      return t(`asked.${state}`);
  }
}

/** A request that was just asked, and how it stands by now. */
export function AskedRequest(props: { request: ReleaseRequest }) {
  const t = usePagesText();
  const format = useFormat();
  const api = useGroundControlApi();
  const paths = useReleasesPath();
  const { id } = props.request;
  const live = useLive(`request ${id}`, signal => api.getRequest(id, signal), [
    'requests',
    'releases',
    'clusters',
  ]);
  const request = live.data?.request ?? props.request;
  return (
    <li className="gc-panel gc-stack-tight">
      <div className="gc-row">
        <PortalLink to={paths.request(id)} className="gc-strong">
          {id}
        </PortalLink>{' '}
        <span className="gc-wrap">
          {t('asked.to', {
            service: formatServiceRef(request.service),
            environment: request.environment,
          })}
        </span>
      </div>
      <p className="gc-wrap">
        <RequestStateGlyph state={shownState(request)} />{' '}
        {describeState(t, format, request, live.data?.deciders ?? [])}{' '}
        {request.message}
      </p>
      {live.error !== undefined && (
        <p className="gc-small gc-quiet">{t('asked.notRefreshed')}</p>
      )}
    </li>
  );
}
