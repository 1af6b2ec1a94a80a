import { ReactNode } from 'react';
import { RefreshError } from '../components/RefreshError';
import { LoadingPanel, StatePanel } from '../components/StatePanel';
import { usePagesText } from '../hooks/usePagesText';
import { Live } from '../hooks/useLive';
import { describeError } from '../lib/describeError';

/** Where a preview stands, or that it is being made, or why there is none. */
export function PreviewFrame<T>(props: {
  live: Live<T>;
  children(preview: T): ReactNode;
}) {
  const t = usePagesText();
  const { live } = props;
  return (
    <section className="gc-stack" aria-label={t('preview.heading')}>
      <RefreshError live={live} />
      {live.loading && <LoadingPanel rows={4} />}
      {live.error !== undefined && live.data === undefined && (
        <StatePanel
          role="alert"
          status="failed"
          title={t('preview.failed')}
          action={{ label: t('action.retry'), onClick: live.refresh }}
        >
          <p className="gc-quiet gc-wrap">
            {describeError(live.error).message}
          </p>
        </StatePanel>
      )}
      {live.data !== undefined && props.children(live.data)}
    </section>
  );
}
