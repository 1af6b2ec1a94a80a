import {
  formatServiceRef,
  isUsedCall,
  LinkCall,
  LinkTraffic,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../../components/PageLink';
import { RelativeTime } from '../../components/RelativeTime';
import { useFormat } from '../../hooks/useFormat';
import { useLinksText } from '../../hooks/useLinksText';
import { useReleasesPath } from '../../hooks/useReleasesPath';
import { shortName } from '../../lib/shortName';
import { LinkName } from '../LinkName';
import { LinkStanding } from '../LinkStanding';

function ServiceName(props: { service: ServiceRef; known: boolean }) {
  const paths = useReleasesPath();
  const { service, known } = props;
  const name = formatServiceRef(service);
  return known ? (
    <PageLink to={paths.service(service)}>{name}</PageLink>
  ) : (
    <>{name}</>
  );
}

function Traffic(props: { traffic: LinkTraffic | null; unknown: boolean }) {
  const t = useLinksText();
  const format = useFormat();
  const { traffic } = props;
  if (!traffic) {
    return (
      <span className="gc-quiet">
        {t(props.unknown ? 'link.unknown' : 'calls.noTraffic')}
      </span>
    );
  }
  const { p95Ms, requestsPerSecond, errors } = traffic;
  return (
    <ul className="gc-nowrap">
      {p95Ms !== null && (
        <li>{t('calls.p95', { value: format.milliseconds(p95Ms) })}</li>
      )}
      <li>{t('calls.rate', { rate: format.decimal(requestsPerSecond) })}</li>
      {errors !== null && (
        <li>{t('calls.errors', { share: format.share(errors) })}</li>
      )}
    </ul>
  );
}

interface CallOptions {
  /** What isn't counted is not known, which isn't none. */
  trafficUnknown: boolean;
  /** They stand under their link, which needn't be said of each. */
  ofOneLink?: boolean;
}

function CallRow(props: CallOptions & { call: LinkCall }) {
  const t = useLinksText();
  const { call, ofOneLink } = props;
  const { caller, callee, squad, calleeSquad, sources } = call;
  const relationAlone =
    !isUsedCall(call) && ['down', 'high', 'elevated'].includes(call.state);
  return (
    <tr>
      <th scope="row">
        {caller ? (
          // A workload that is nobody's service has no page.
          <ServiceName service={caller} known={squad !== null} />
        ) : (
          t('calls.someService', { squad: squad ? shortName(squad) : '–' })
        )}
        {' → '}
        {callee ? <ServiceName service={callee} known /> : call.calleeName}{' '}
        {calleeSquad && (
          <span className="gc-small gc-quiet">
            {t('calls.ofSquad', { squad: shortName(calleeSquad) })}
          </span>
        )}
      </th>
      {!ofOneLink && (
        <td>
          <LinkName from={call.from} to={call.to} />
          <LinkStanding link={call} />
        </td>
      )}
      <td data-label={t('calls.traffic')}>
        <Traffic traffic={call.traffic} unknown={props.trafficUnknown} />
      </td>
      <td data-label={t('calls.known')}>
        <ul>
          {sources.map(source => (
            <li key={source}>{t(`calls.${source}`)}</li>
          ))}
          {relationAlone && (
            <li className="gc-small gc-quiet">{t('calls.notCounted')}</li>
          )}
        </ul>
      </td>
      {!ofOneLink && (
        <td data-label={t('link.since')}>
          <RelativeTime at={call.since} or={t('link.unknown')} />
        </td>
      )}
    </tr>
  );
}

/** Calls that cross a link, in the given order. */
export function CallTable(props: CallOptions & { calls: LinkCall[] }) {
  const t = useLinksText();
  const { calls, ...options } = props;
  return (
    <table className="gc-facts-table" aria-label={t('calls.heading')}>
      <thead>
        <tr>
          <th scope="col">{t('calls.call')}</th>
          {!options.ofOneLink && <th scope="col">{t('link.link')}</th>}
          <th scope="col">{t('calls.traffic')}</th>
          <th scope="col">{t('calls.known')}</th>
          {!options.ofOneLink && <th scope="col">{t('link.since')}</th>}
        </tr>
      </thead>
      <tbody>
        {calls.map(call => (
          <CallRow
            key={[
              call.caller ? formatServiceRef(call.caller) : call.squad,
              call.callee ? formatServiceRef(call.callee) : call.calleeName,
              call.from,
              call.to,
            ].join(' ')}
            call={call}
            {...options}
          />
        ))}
      </tbody>
    </table>
  );
}
