import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { RequestState } from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { makeKey } from '../ask/makeKey';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { Decision } from './useDecision';

/** Ends after which the same may be asked for again. */
const REPEATABLE: readonly RequestState[] = [
  'rejected',
  'cancelled',
  'expired',
  'outdated',
  'failed',
];

/** Cancel, for who may; Ask again, where it has ended without a release. */
export function RequestActions(props: { decision: Decision }) {
  const t = useRequestsText();
  const api = useApi(groundControlApiRef);
  const paths = useReleasesPath();
  const navigate = useNavigate();
  const { act, busy, detail } = props.decision;
  const { id, state } = detail.request;
  // The same key for each press: asked again once, however often it is sent.
  const [key] = useState(makeKey);
  const repeatable = REPEATABLE.includes(state);
  if (!repeatable && !detail.cancel.allowed) return null;
  return (
    <div className="gc-row">
      {repeatable && (
        <button
          type="button"
          className="gc-button"
          aria-disabled={busy !== undefined}
          onClick={async () => {
            const asked = await act('repeat', () => api.repeatRequest(id, key));
            if (asked) navigate(paths.request(asked.request.id));
          }}
        >
          {busy === 'repeat' ? t('decision.repeating') : t('decision.repeat')}
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
    </div>
  );
}
