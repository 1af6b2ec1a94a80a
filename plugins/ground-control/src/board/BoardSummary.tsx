import { ReactNode } from 'react';
import { StateCount } from '../components/StateCount';
import { BoardState } from '../lib/boardState';
import { Format } from '../lib/createFormat';
import { usePagesText } from '../hooks/usePagesText';
import { useShortcuts } from '../hooks/useShortcuts';
import { useText } from '../hooks/useText';
import { BoardKeys } from './BoardKeys';
import { BoardView } from './decideView';

/** States that are counted wherever they occur, worst first. */
const COUNTED = [
  'problem',
  'failed',
  'drifted',
  'suspended',
  'unknown',
  'stale',
  'rolling-out',
] as const;

/** How many services are in which state; each count is a filter. */
function StateCounts(props: {
  view: BoardView;
  state: BoardState['state'];
  onState(state: BoardState['state']): void;
}) {
  const t = usePagesText();
  const { view, state, onState } = props;
  const shown = COUNTED.filter(each => view.counts[each] > 0);
  if (!shown.length) return null;
  return (
    <ul className="gc-row gc-counts" aria-label={t('board.counts')}>
      {shown.map(each => (
        <li key={each}>
          <button
            type="button"
            className="gc-button gc-button-bare"
            aria-pressed={state === each}
            onClick={() => onState(state === each ? 'all' : each)}
          >
            <StateCount state={each} count={view.counts[each]} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** How many rows there are, and whether a new order waits. */
export function BoardSummary(props: {
  view: BoardView;
  state: BoardState['state'];
  /** Whether clusters report. */
  clusters: boolean;
  onState(state: BoardState['state']): void;
  changed: number;
  onApply(): void;
  message: string;
  format: Format;
  /** What can be done with all that is shown. */
  tools: ReactNode;
}) {
  const t = useText();
  const pt = usePagesText();
  const { on: letters } = useShortcuts();
  const { view, changed, format } = props;
  return (
    <div className="gc-row gc-small gc-board-line">
      <span className="gc-quiet" data-testid="board-summary">
        {view.shown === view.ofSquads
          ? t('board.services', { count: view.shown })
          : pt('board.summaryOf', {
              shown: format.number(view.shown),
              total: format.number(view.ofSquads),
            })}
      </span>
      {view.attention > 0 && (
        <span className="gc-quiet">
          {pt('board.attention', { count: view.attention })}
        </span>
      )}
      <StateCounts view={view} state={props.state} onState={props.onState} />
      {changed > 0 && (
        <span className="gc-chip gc-chip-info">
          {pt('board.orderChanged', { count: changed })}
          <button
            type="button"
            className="gc-button gc-button-bare"
            onClick={props.onApply}
          >
            {pt('board.apply')} {letters && <kbd>{pt('board.applyKey')}</kbd>}
          </button>
        </span>
      )}
      <span role="status">{props.message}</span>
      <span className="gc-row gc-push">
        {props.tools}
        <BoardKeys clusters={props.clusters} />
      </span>
    </div>
  );
}
