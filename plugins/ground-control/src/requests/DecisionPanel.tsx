import { RefObject, useRef } from 'react';
import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { Hidden } from '../components/Hidden';
import { ProseField } from '../components/ProseField';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLabelId } from '../hooks/useLabelId';
import { RequestsText, useRequestsText } from '../hooks/useRequestsText';
import { ActionFailure } from '../components/ActionFailure';
import {
  approveReadiness,
  DiffState,
  Readiness,
  rejectReadiness,
  unseenOf,
  warningsOf,
} from './decideReadiness';
import { OverrideLink } from './OverrideLink';
import { subjectOf } from './subjectOf';
import { Decision } from './useDecision';
import { WarningTicks } from './WarningTicks';
import { WhoDecides } from './WhoDecides';

function reasonOf(t: RequestsText, readiness: Readiness): string | undefined {
  if (readiness.ready) return undefined;
  switch (readiness.why) {
    case 'busy':
      return t('decision.busy');
    case 'changed':
      return t('decision.changedFirst');
    case 'loading':
      return t('decision.loadingDiff');
    case 'accept':
      return t('decision.acceptSome', { count: readiness.count ?? 0 });
    case 'comment':
      return t('decision.needComment');
    default:
      return readiness.message;
  }
}

function approveLabel(t: RequestsText, intent: ReleaseRequest['intent']) {
  switch (intent) {
    case 'access-add':
      return t('access.approve');
    case 'access-remove':
      return t('access.approveRemoval');
    case 'rollback':
      return t('decision.approveRollback');
    default:
      return t('decision.approveRelease');
  }
}

/** Warnings to accept, the comment, and the two buttons; each says why it doesn't act. */
export function DecisionPanel(props: {
  decision: Decision;
  diff: DiffState;
  approveRef: RefObject<HTMLButtonElement>;
  rejectRef: RefObject<HTMLButtonElement>;
}) {
  const t = useRequestsText();
  const api = useGroundControlApi();
  const format = useFormat();
  const id = useLabelId();
  const comment = useRef<HTMLTextAreaElement>(null);
  const firstTick = useRef<HTMLFieldSetElement>(null);
  const { decision } = props;
  const { detail, busy } = decision;
  const { request } = detail;
  const form = {
    accepted: decision.accepted,
    comment: decision.comment,
    busy: busy !== undefined,
    changed: decision.difference !== undefined,
  };
  const approve = approveReadiness(detail, props.diff, form);
  const reject = rejectReadiness(detail, form);
  const warnings = detail.approve.allowed ? warningsOf(detail.verdicts) : [];
  const unseen = detail.approve.allowed ? unseenOf(detail, props.diff) : [];
  const holding = detail.approve.allowed
    ? detail.verdicts.filter(
        ({ level, momentary }) => level === 'block' && momentary,
      )
    : [];
  const mayNothing = !detail.approve.allowed && !detail.reject.allowed;
  const what = request.access
    ? subjectOf(t, request)
    : t('decision.whatFor', {
        service: request.service.name,
        environment: request.environment,
      });
  const [approveWhy, rejectWhy] = [reasonOf(t, approve), reasonOf(t, reject)];
  // The comment's own hint says it, typed or not, so that nothing jumps.
  const hinted = !reject.ready && reject.why === 'comment';
  let rejectTold = rejectWhy === approveWhy ? 'approve' : 'reject';
  if (hinted) rejectTold = 'comment-hint';

  const decide = (choice: 'approve' | 'reject') => {
    const readiness = choice === 'approve' ? approve : reject;
    if (!readiness.ready) {
      if (readiness.why === 'comment') comment.current?.focus();
      if (readiness.why === 'accept') {
        firstTick.current
          ?.querySelector<HTMLInputElement>('input:not(:checked)')
          ?.focus();
      }
      return;
    }
    decision.act(choice, () =>
      api.decideRequest(request.id, {
        decision: choice,
        evidence: detail.evidence,
        ...(decision.comment.trim() && { comment: decision.comment.trim() }),
        ...(choice === 'approve' && {
          // What was ticked while it couldn't be looked at may be there now.
          accepted: decision.accepted.filter(({ policy }) =>
            [...unseen, ...warnings.map(one => one.policy)].includes(policy),
          ),
        }),
      }),
    );
  };

  return (
    <section className="gc-panel gc-decide">
      <h3>{t('decision.heading')}</h3>
      <WhoDecides detail={detail} />
      <WarningTicks
        decision={decision}
        warnings={warnings}
        unseen={unseen}
        fieldset={firstTick}
      />
      {!mayNothing && (
        <ProseField
          id={`${id}-comment`}
          label={t('decision.comment')}
          hint={detail.reject.allowed ? t('decision.needComment') : undefined}
          inputRef={comment}
          value={decision.comment}
          onChange={decision.setComment}
        />
      )}
      {holding.length > 0 && (
        <p className="gc-wrap">
          <StatusGlyph status="suspended" />{' '}
          {t('decision.willHold', {
            why: format.list(holding.map(({ title }) => title)),
          })}
        </p>
      )}
      <div className="gc-decide-actions gc-sticky">
        <button
          type="button"
          ref={props.approveRef}
          className="gc-button gc-button-primary"
          aria-disabled={!approve.ready}
          aria-describedby={approveWhy && `${id}-approve`}
          onClick={() => decide('approve')}
        >
          {busy === 'approve' && t('decision.approving')}
          {busy !== 'approve' && approveLabel(t, request.intent)}{' '}
          <Hidden>{what}</Hidden>
        </button>
        <button
          type="button"
          ref={props.rejectRef}
          className="gc-button gc-reject"
          aria-disabled={!reject.ready}
          aria-describedby={rejectWhy && `${id}-${rejectTold}`}
          onClick={() => decide('reject')}
        >
          {busy === 'reject' ? t('decision.rejecting') : t('decision.reject')}{' '}
          <Hidden>{what}</Hidden>
        </button>
        {approveWhy && (
          <p id={`${id}-approve`} className="gc-small gc-wrap">
            {approve.ready === false && approve.why !== 'accept' && (
              <StatusGlyph status="locked" />
            )}{' '}
            {approveWhy}
          </p>
        )}
        {rejectWhy && rejectTold === 'reject' && (
          <p id={`${id}-reject`} className="gc-small gc-wrap">
            <StatusGlyph status="locked" /> {rejectWhy}
          </p>
        )}
      </div>
      {decision.error !== undefined && (
        <ActionFailure title={t('decision.refused')} error={decision.error} />
      )}
      <OverrideLink decision={decision} />
    </section>
  );
}
