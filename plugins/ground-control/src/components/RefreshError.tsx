import { Live } from '../hooks/useLive';
import { useFormat } from '../hooks/useFormat';
import { useText } from '../hooks/useText';
import { describeError } from '../lib/describeError';
import { StatusGlyph } from './StatusGlyph';

/** Says that what is shown could not be refreshed; never goes by itself. */
export function RefreshError(props: {
  live: Pick<Live<unknown>, 'data' | 'error' | 'receivedAt' | 'refresh'>;
}) {
  const t = useText();
  const format = useFormat();
  const { data, error, receivedAt, refresh } = props.live;
  if (error === undefined || data === undefined || !receivedAt) return null;
  return (
    <div className="gc-banner gc-banner-warn" role="status">
      <StatusGlyph status="stale" />
      <span>
        {t('state.refreshFailed', {
          message: t(`state.${describeError(error).kind}`),
          time: format.time(new Date(receivedAt)),
        })}
      </span>
      <button type="button" className="gc-button" onClick={refresh}>
        {t('state.retry')}
      </button>
    </div>
  );
}
