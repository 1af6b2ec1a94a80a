import { Live } from '../hooks/useLive';
import { RefreshError } from './RefreshError';
import { ErrorPanel, LoadingPanel } from './StatePanel';

/**
 * How it stands with an answer: that it is awaited, why there is none, or that
 * the one that is shown could not be refreshed. Nothing where all is well.
 */
export function LiveState(props: {
  live: Live<unknown>;
  /** Room that is kept while the first answer is awaited. */
  rows: number;
  /** Of each of the rows, in pixels. */
  rowHeight?: number;
}) {
  const { live, rows, rowHeight } = props;
  return (
    <>
      <RefreshError live={live} />
      {live.loading && <LoadingPanel rows={rows} rowHeight={rowHeight} />}
      {live.error !== undefined && live.data === undefined && (
        <ErrorPanel error={live.error} onRetry={live.refresh} />
      )}
    </>
  );
}
