import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  Permit,
  ReleaseRequest,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ActionFailure } from '../components/ActionFailure';
import { Hidden } from '../components/Hidden';
import { StatusGlyph } from '../components/StatusGlyph';
import { useAction } from '../hooks/useAction';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLabelId } from '../hooks/useLabelId';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { makeKey } from '../lib/makeKey';

/** Asks for the same as a request that has ended, and goes to the new one. */
export function AskAgain(props: {
  request: Pick<ReleaseRequest, 'id'>;
  /** Whether the reader may; where that isn't known the server says it. */
  permit?: Permit;
  /** Named to those who only hear the button, where there are several. */
  subject?: string;
}) {
  const t = useRequestsText();
  const api = useGroundControlApi();
  const paths = useReleasesPath();
  const navigate = useNavigate();
  const { busy, error, run } = useAction();
  // The same key for each press: asked again once, however often it is sent.
  const [key] = useState(makeKey);
  const { request, subject, permit } = props;
  const why = useLabelId();
  const refusal = permit?.allowed === false ? permit.message : undefined;
  return (
    <>
      <button
        type="button"
        className="gc-button"
        aria-disabled={busy !== undefined || refusal !== undefined}
        aria-describedby={refusal && why}
        onClick={async () => {
          if (refusal !== undefined) return;
          const asked = await run('repeat', () =>
            api.repeatRequest(request.id, key),
          );
          if (asked) navigate(paths.request(asked.request.id));
        }}
      >
        {busy ? t('decision.repeating') : t('decision.repeat')}{' '}
        {subject !== undefined && <Hidden>{subject}</Hidden>}
      </button>
      {refusal !== undefined && (
        <p id={why} className="gc-small gc-quiet gc-wrap">
          <StatusGlyph status="locked" /> {refusal}
        </p>
      )}
      {error !== undefined && (
        <ActionFailure title={t('decision.notRepeated')} error={error} />
      )}
    </>
  );
}
