import { StatePanel } from '../components/StatePanel';
import { useAskText } from '../hooks/useAskText';
import { useText } from '../hooks/useText';
import { describeError } from '../lib/describeError';

/** The backend looked at it and said no; anything else may have arrived. */
function isRefusal(error: unknown): boolean {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500;
}

/** Why a form wasn't accepted, and whether it may have been. */
export function AskFailure(props: { error: unknown }) {
  const t = useAskText();
  const texts = useText();
  const error = describeError(props.error);
  const refused = isRefusal(props.error);
  return (
    <StatePanel
      role="alert"
      status="failed"
      title={
        refused && error.kind === 'failed'
          ? t('failed.title')
          : texts(`state.${error.kind}`)
      }
    >
      {error.permission ? (
        <p>
          {texts('state.forbiddenPermission', { permission: error.permission })}
        </p>
      ) : (
        <p className="gc-wrap">{error.message}</p>
      )}
      <p>{refused ? t('failed.kept') : t('failed.unsure')}</p>
      {error.requestId && (
        <p className="gc-mono">
          {texts('state.requestId', { id: error.requestId })}
        </p>
      )}
    </StatePanel>
  );
}
