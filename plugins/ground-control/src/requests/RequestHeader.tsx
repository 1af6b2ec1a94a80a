import { ReleaseRequestDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { KeysHelp } from '../components/KeysHelp';
import { PageLink } from '../components/PageLink';
import { nameOfPerson } from '../lib/nameOfPerson';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { RequestStateGlyph } from '../components/RequestStateGlyph';
import { useFormat } from '../hooks/useFormat';
import { useNow } from '../hooks/useNow';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { RequestsText, useRequestsText } from '../hooks/useRequestsText';
import { shortName } from '../lib/shortName';
import { shownState } from '../lib/shownState';
import { PageHeading } from '../pages/PageHeading';
import { describeCallers } from './describeCallers';
import { RequestSteps } from './RequestSteps';
import { subjectOf } from './subjectOf';
import { Beside } from './useInbox';

function headingOf(t: RequestsText, { request }: ReleaseRequestDetail): string {
  if (request.access) {
    const subject = subjectOf(t, request);
    if (request.state !== 'pending') return subject;
    return request.intent === 'access-remove'
      ? t('access.askRemoval', { subject })
      : t('access.ask', { subject });
  }
  const names = {
    service: request.service.name,
    environment: request.environment,
  };
  const rollback = request.intent === 'rollback';
  if (request.state === 'pending') {
    return rollback
      ? t('decision.askRollback', names)
      : t('decision.askRelease', names);
  }
  return rollback
    ? t('decision.rollbackOf', names)
    : t('decision.releaseOf', names);
}

function intentOf(
  t: RequestsText,
  { request }: ReleaseRequestDetail,
): string | undefined {
  if (request.intent === 'auto-release') return t('decision.auto');
  if (request.fromEnvironment) {
    return t('decision.promoted', { environment: request.fromEnvironment });
  }
  return request.ofBranch
    ? t('decision.ofBranch', { branch: request.ofBranch })
    : undefined;
}

/** What replaces what, and since when that is live. */
function Replaces(props: { detail: ReleaseRequestDetail }) {
  const t = useRequestsText();
  const format = useFormat();
  const now = useNow();
  const { request } = props.detail;
  const { replaces, artifactId, environment } = request;
  const planOf = (id: string) => /-([0-9a-f]{10})$/.exec(id)?.[1];
  const [plan, earlier] = [artifactId, replaces?.artifactId ?? ''].map(planOf);
  return (
    <p className="gc-wrap">
      <span className="gc-mono gc-strong">{artifactId}</span>{' '}
      {replaces ? (
        <>
          {t('decision.replaces')}{' '}
          {replaces.artifactId ? (
            <span className="gc-mono">{replaces.artifactId}</span>
          ) : (
            t('decision.unreadable')
          )}
          {request.state === 'pending' && (
            <>
              {', '}
              {t('decision.liveFor', {
                environment,
                duration: format.duration(
                  (now - Date.parse(replaces.releasedAt)) / 1000,
                ),
              })}
            </>
          )}
          {plan && earlier && (
            <span className="gc-quiet">
              {' · '}
              {plan === earlier
                ? t('decision.samePlan')
                : t('decision.otherPlan')}
            </span>
          )}
        </>
      ) : (
        t('decision.replacesNothing')
      )}
    </p>
  );
}

/** How long nothing replaces a rollback by itself. */
function Pause(props: { detail: ReleaseRequestDetail }) {
  const t = useRequestsText();
  const format = useFormat();
  const now = useNow();
  const { autoReleasePause, request } = props.detail;
  if (!autoReleasePause) return null;
  const { environment, state } = request;
  const { fault, hours, until } = autoReleasePause;
  if (!until && state !== 'pending') return null;
  if (!until) {
    return (
      <p className="gc-wrap">
        {t('decision.pauseTo', { environment, count: hours })}
      </p>
    );
  }
  const ends = new Date(until);
  const given = { environment, until: format.minute(ends) };
  const isOver = ends.getTime() <= now;
  if (fault === undefined) {
    return (
      <p className="gc-wrap">
        {t(isOver ? 'decision.pausedTill' : 'decision.paused', given)}
      </p>
    );
  }
  return (
    <p className="gc-wrap">
      <StatusGlyph status="warning" />{' '}
      {t(isOver ? 'decision.pauseStays' : 'decision.pauseFails', {
        ...given,
        why: fault,
      })}
    </p>
  );
}

/** What is asked for: the question, by whom, how old, what it replaces, why. */
export function RequestHeader(props: {
  detail: ReleaseRequestDetail;
  beside: Beside;
}) {
  const t = useRequestsText();
  const pt = usePagesText();
  const format = useFormat();
  const now = useNow();
  const paths = useReleasesPath();
  const { detail, beside } = props;
  const { request } = detail;
  const state = shownState(request);
  const intent = intentOf(t, detail);
  const squad =
    request.squadTitle ?? (request.squad && shortName(request.squad));
  return (
    <header className="gc-stack-tight">
      <div className="gc-row gc-spread">
        <PageHeading focus="free">{headingOf(t, detail)}</PageHeading>
        <span className="gc-row gc-small gc-targets">
          <span className="gc-mono">{request.id}</span>
          <RequestSteps beside={beside} />
          <PageLink
            to={{ pathname: paths.requests, search: beside.inbox.search }}
          >
            {t('decision.all')}
          </PageLink>
          <KeysHelp
            title={pt('keys.list')}
            keys={[
              [['A', 'R'], pt('keys.keyDecide')],
              ['Enter', pt('keys.keyPress')],
              [['[', ']'], pt('keys.keyBeside')],
            ]}
          />
        </span>
      </div>
      <p className="gc-small gc-quiet">
        {state !== 'pending' && (
          <>
            <RequestStateGlyph state={state} />{' '}
            <span className="gc-strong">{t(`state.${state}`)}</span>
            {' · '}
          </>
        )}
        {t('decision.askedBy', { name: nameOfPerson(request.requestedBy) })}{' '}
        <RelativeTime at={request.requestedAt} />
        {intent && ` · ${intent}`}
        {squad && ` · ${squad}`}
        {state === 'pending' && request.expiresAt && (
          <>
            {' · '}
            {t('list.expires', {
              duration: format.duration(
                (Date.parse(request.expiresAt) - now) / 1000,
              ),
            })}
          </>
        )}
      </p>
      {request.access ? (
        <p className="gc-wrap">
          {t('access.words', {
            subject: subjectOf(t, request),
            callers: describeCallers(t, format, request.access.wish),
          })}
        </p>
      ) : (
        <Replaces detail={detail} />
      )}
      <Pause detail={detail} />
      {request.reason && (
        <p className="gc-wrap">
          {t('decision.reason', { reason: request.reason })}
        </p>
      )}
    </header>
  );
}
