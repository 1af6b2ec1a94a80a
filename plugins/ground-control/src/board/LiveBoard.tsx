import { ReactNode, useEffect } from 'react';
import { ClustersBanner } from '../clusters/ClustersBanner';
import { ClusterStrip } from '../clusters/ClusterStrip';
import { FreshnessStrip } from '../components/FreshnessStrip';
import { RepositoryBanner } from '../components/RepositoryBanner';
import { LiveState } from '../components/LiveState';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { Board } from './Board';

/** Marks on the browser's timeline, for whoever measures. */
const DATA_MARK = 'ground-control:board-data';
const SHOWN_MARK = 'ground-control:board-shown';

/** The board, kept fresh; with `squad` (a ref) the board of that squad alone. */
export function LiveBoard(props: { squad?: string; heading: ReactNode }) {
  const api = useGroundControlApi();
  const { squad } = props;
  const live = useLive(
    `board ${squad ?? 'all'}`,
    async signal => {
      const board = await api.getBoard(
        { squad: squad ? [squad] : 'all' },
        signal,
      );
      performance.mark?.(DATA_MARK);
      return board;
    },
    ['releases', 'repository'],
    board => board.marks,
  );
  const hasData = Boolean(live.data);
  useEffect(() => {
    if (hasData) performance.mark?.(SHOWN_MARK);
  }, [hasData]);
  return (
    <div className="gc-stack gc-live-board">
      <div className="gc-row gc-spread">
        {props.heading}
        {live.data && (
          <FreshnessStrip
            repository={live.data.repository}
            receivedAt={live.receivedAt}
          />
        )}
      </div>
      {live.data && <ClusterStrip clusters={live.data.clusters} />}
      {live.data && <RepositoryBanner repository={live.data.repository} />}
      {live.data && <ClustersBanner clusters={live.data.clusters} />}
      <LiveState live={live} rows={16} />
      {live.data && <Board board={live.data} squad={squad} />}
    </div>
  );
}
