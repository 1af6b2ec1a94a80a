import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { describeError } from '../lib/describeError';
import { StatusGlyph } from './StatusGlyph';

/** The backend looked at it and said no; anything else may have arrived. */
function isRefusal(error: unknown): boolean {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return (
    typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
  );
}

/**
 * Why what the reader sent was not done, or that it isn't known whether it was.
 *
 * @param title - says that it was not done, where that is known
 */
export function ActionFailure(props: { title: string; error: unknown }) {
  const t = useText();
  const pt = usePagesText();
  const error = describeError(props.error);
  const refused = isRefusal(props.error);
  return (
    <div role="alert" className="gc-stack-tight">
      <p className="gc-strong">
        <StatusGlyph status="failed" />{' '}
        {refused ? props.title : t(`state.${error.kind}`)}
      </p>
      <p className="gc-wrap gc-small">
        {error.permission
          ? t('state.forbiddenPermission', { permission: error.permission })
          : error.message}
      </p>
      <p className="gc-small">
        {refused ? pt('failure.kept') : pt('failure.unsure')}
      </p>
      {error.requestId && (
        <p className="gc-mono">
          {t('state.requestId', { id: error.requestId })}
        </p>
      )}
    </div>
  );
}
