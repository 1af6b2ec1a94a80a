import { lazy, Suspense, useEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  ReleaseRequest,
  ReleaseRequestDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { RefreshError } from '../components/RefreshError';
import { LoadingPanel } from '../components/StatePanel';
import { VerdictTiles } from '../components/VerdictTiles';
import { Live } from '../hooks/useLive';
import { usePageTitle } from '../hooks/usePageTitle';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { ChangedBanner } from './ChangedBanner';
import { DecisionPanel } from './DecisionPanel';
import { OutcomePanel } from './OutcomePanel';
import { RequestActions } from './RequestActions';
import {
  OthersPanel,
  RequestChangesPanel,
  RequestDiffPanel,
  useRequestDiff,
} from './RequestChangesPanel';
import { RequestHeader } from './RequestHeader';
import { RequestTimeline } from './RequestProgress';
import { subjectOf } from './subjectOf';
import { useDecision } from './useDecision';
import { useDecisionKeys } from './useDecisionKeys';
import { Inbox, useBeside } from './useInbox';

const AccessFacts = lazy(() =>
  import('../chunks/links').then(m => ({ default: m.AccessFacts })),
);

/** A request with all that is needed to decide it, and what became of it. */
export function DecisionView(props: {
  loaded: ReleaseRequestDetail;
  live: Live<ReleaseRequestDetail>;
  inbox: Inbox;
}) {
  const t = useRequestsText();
  const paths = useReleasesPath();
  const navigate = useNavigate();
  const decision = useDecision(props.loaded, props.live);
  const { detail, difference } = decision;
  const { request } = detail;
  const beside = useBeside(props.inbox, request);
  const diff = useRequestDiff(detail);
  const { access } = request;
  usePageTitle(subjectOf(t, request));
  const approveRef = useRef<HTMLButtonElement>(null);
  const rejectRef = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const to = (other?: ReleaseRequest) =>
    other &&
    (() =>
      navigate(paths.request(other.id), {
        state: { inbox: props.inbox.search },
      }));
  useDecisionKeys(root, {
    a: () => approveRef.current?.focus(),
    r: () => rejectRef.current?.focus(),
    '[': to(beside.previous),
    ']': to(beside.next),
  });
  const pending = request.state === 'pending';
  const aside = useRef<HTMLElement>(null);
  const wasPending = useRef(pending);
  useEffect(() => {
    // The buttons are gone, and the focus with them: it goes to what became of it.
    const lost = document.activeElement === document.body;
    if (wasPending.current && !pending && lost) aside.current?.focus();
    wasPending.current = pending;
  }, [pending]);
  return (
    <div
      ref={root}
      // A click beside everything leaves the focus here, where the keys act.
      tabIndex={-1}
      className="gc-stack gc-decision"
      data-pending={pending || undefined}
    >
      <RequestHeader detail={detail} beside={beside} />
      <RefreshError live={props.live} />
      <ChangedBanner decision={decision} />
      {detail.verdicts.length ? (
        <VerdictTiles
          verdicts={detail.verdicts}
          changed={difference?.verdicts.map(({ after }) => after.policy)}
        />
      ) : (
        <p className="gc-quiet">{t('decision.noVerdicts')}</p>
      )}
      <div className="gc-decision-columns">
        <div>
          {access ? (
            <section className="gc-panel gc-stack">
              <h3>{t('access.facts')}</h3>
              <Suspense fallback={<LoadingPanel rows={4} />}>
                <AccessFacts access={access} standing={detail.access} />
              </Suspense>
            </section>
          ) : (
            <RequestChangesPanel detail={detail} />
          )}
          {/* Before the difference, which may be of any length. */}
          {!access && <OthersPanel detail={detail} />}
          <RequestDiffPanel detail={detail} loaded={diff} />
        </div>
        <aside ref={aside} tabIndex={-1} aria-live="polite">
          {pending ? (
            <>
              <DecisionPanel
                decision={decision}
                diff={diff}
                approveRef={approveRef}
                rejectRef={rejectRef}
              />
              <RequestActions decision={decision} />
            </>
          ) : (
            <OutcomePanel decision={decision} beside={beside} />
          )}
          <section className="gc-panel gc-stack-tight">
            <h3>{t('decision.timeline')}</h3>
            <RequestTimeline steps={detail.timeline} wish={access?.wish} />
            <p className="gc-small gc-targets">
              <PageLink to={`${paths.audit}?request=${request.id}`}>
                {t('decision.audit')}
              </PageLink>
            </p>
          </section>
        </aside>
      </div>
    </div>
  );
}
