import { RequestState } from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLabelId } from '../hooks/useLabelId';
import { useRequestsText } from '../hooks/useRequestsText';
import { AskAgain } from './AskAgain';
import { Decision } from './useDecision';

/** Ends after which the same may be asked for again. */
const REPEATABLE: readonly RequestState[] = [
  'rejected',
  'cancelled',
  'expired',
  'outdated',
  'failed',
];

/** Remind and Cancel while it waits; Ask again, where it has ended without a release. */
export function RequestActions(props: { decision: Decision }) {
  const t = useRequestsText();
  const api = useGroundControlApi();
  const { act, busy, detail } = props.decision;
  const { id, state, mayDecide } = detail.request;
  const { remind } = detail;
  const why = useLabelId();
  const repeatable = REPEATABLE.includes(state);
  // Who is the only one to decide has nobody to remind, and knows it.
  const alone = !remind.allowed && remind.code === 'nobody' && mayDecide;
  const waits = state === 'pending' && !alone;
  if (!repeatable && !detail.cancel.allowed && !waits) return null;
  return (
    <div className="gc-row">
      {repeatable && (
        <AskAgain request={detail.request} permit={detail.repeat} />
      )}
      {waits && (
        <button
          type="button"
          className="gc-button"
          aria-disabled={busy !== undefined || !remind.allowed}
          aria-describedby={remind.allowed ? undefined : why}
          onClick={() => {
            if (remind.allowed) act('remind', () => api.remindRequest(id));
          }}
        >
          {busy === 'remind' ? t('decision.reminding') : t('decision.remind')}
        </button>
      )}
      {detail.cancel.allowed && (
        <button
          type="button"
          className="gc-button"
          aria-disabled={busy !== undefined}
          onClick={() => act('cancel', () => api.cancelRequest(id))}
        >
          {busy === 'cancel' ? t('decision.cancelling') : t('decision.cancel')}
        </button>
      )}
      {waits && !remind.allowed && (
        <p id={why} className="gc-small gc-quiet gc-wrap">
          {remind.message}
        </p>
      )}
    </div>
  );
}
