import { StatusGlyph } from '../components/StatusGlyph';
import { useRequestsText } from '../hooks/useRequestsText';
import { useText } from '../hooks/useText';
import { describeError } from '../lib/describeError';

/** Why an action was not done, or that it isn't known whether it was. */
export function ActionFailure(props: { title: string; error: unknown }) {
  const t = useRequestsText();
  const texts = useText();
  const error = describeError(props.error);
  const { statusCode } = (props.error ?? {}) as { statusCode?: number };
  const refused =
    statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return (
    <div role="alert" className="gc-stack-tight">
      <p className="gc-strong">
        <StatusGlyph status="failed" />{' '}
        {refused ? props.title : texts(`state.${error.kind}`)}
      </p>
      <p className="gc-wrap gc-small">
        {error.permission
          ? texts('state.forbiddenPermission', { permission: error.permission })
          : error.message}
      </p>
      <p className="gc-small">
        {refused ? t('decision.kept') : t('decision.unsure')}
      </p>
      {error.requestId && (
        <p className="gc-mono">
          {texts('state.requestId', { id: error.requestId })}
        </p>
      )}
    </div>
  );
}
