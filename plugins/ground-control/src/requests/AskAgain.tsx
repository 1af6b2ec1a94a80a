import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ReleaseRequest } from '@ground-control/backstage-plugin-ground-control-common';
import { ActionFailure } from '../components/ActionFailure';
import { Hidden } from '../components/Hidden';
import { useAction } from '../hooks/useAction';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { makeKey } from '../lib/makeKey';

/** Asks for the same as a request that has ended, and goes to the new one. */
export function AskAgain(props: {
  request: Pick<ReleaseRequest, 'id'>;
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
  const { request, subject } = props;
  return (
    <>
      <button
        type="button"
        className="gc-button"
        aria-disabled={busy !== undefined}
        onClick={async () => {
          const asked = await run('repeat', () =>
            api.repeatRequest(request.id, key),
          );
          if (asked) navigate(paths.request(asked.request.id));
        }}
      >
        {busy ? t('decision.repeating') : t('decision.repeat')}{' '}
        {subject !== undefined && <Hidden>{subject}</Hidden>}
      </button>
      {error !== undefined && (
        <ActionFailure title={t('decision.notRepeated')} error={error} />
      )}
    </>
  );
}
