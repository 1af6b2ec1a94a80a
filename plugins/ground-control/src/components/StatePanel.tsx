import { ReactNode } from 'react';
import { useDelayed } from '../hooks/useDelayed';
import { useText } from '../hooks/useText';
import { describeError } from '../lib/describeError';
import { Hidden } from './Hidden';
import { Status, StatusGlyph } from './StatusGlyph';

/** Grey bars in place of rows; they show after 300 ms, but take their room at once. */
export function LoadingPanel(props: { rows: number; rowHeight?: number }) {
  const t = useText();
  const visible = useDelayed(true, 300);
  const height = props.rowHeight ?? 36;
  return (
    <div
      className={visible ? 'gc-skeleton' : 'gc-skeleton gc-skeleton-quiet'}
      aria-busy="true"
    >
      {Array.from({ length: props.rows }, (_, i) => (
        <div key={i} style={{ height }} />
      ))}
      {visible && (
        <Hidden>
          <span role="status">{t('state.loading')}</span>
        </Hidden>
      )}
    </div>
  );
}

/** One sentence and one action, in place of what can't be shown. */
export function StatePanel(props: {
  status?: Status;
  title: ReactNode;
  children?: ReactNode;
  action?: { label: string; onClick(): void };
  role?: 'alert';
}) {
  return (
    <div className="gc-state" role={props.role}>
      <p className="gc-strong">
        {props.status && <StatusGlyph status={props.status} />} {props.title}
      </p>
      {props.children}
      {props.action && (
        <button
          type="button"
          className="gc-button"
          onClick={props.action.onClick}
        >
          {props.action.label}
        </button>
      )}
    </div>
  );
}

/** Why a request failed, what to do, and whom to give which id. */
export function ErrorPanel(props: { error: unknown; onRetry?(): void }) {
  const t = useText();
  const error = describeError(props.error);
  const forbidden = error.kind === 'forbidden';
  return (
    <StatePanel
      status={forbidden ? 'locked' : 'failed'}
      title={t(`state.${error.kind}`)}
      role="alert"
      action={
        props.onRetry && { label: t('state.retry'), onClick: props.onRetry }
      }
    >
      <p>
        {error.permission
          ? t('state.forbiddenPermission', { permission: error.permission })
          : t(`state.${error.kind}How`)}
      </p>
      {!error.permission && <p className="gc-quiet gc-wrap">{error.message}</p>}
      {error.requestId && (
        <p className="gc-mono">
          {t('state.requestId', { id: error.requestId })}
        </p>
      )}
      {error.request && (
        <p className="gc-mono gc-wrap">
          {t('state.request', { request: error.request })}
        </p>
      )}
    </StatePanel>
  );
}
