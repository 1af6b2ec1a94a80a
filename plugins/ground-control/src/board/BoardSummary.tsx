import { ReactNode } from 'react';
import { Format } from '../lib/createFormat';
import { useText } from '../hooks/useText';
import { BoardKeys } from './BoardKeys';
import { BoardView } from './decideView';

/** How many rows there are, and whether a new order waits. */
export function BoardSummary(props: {
  view: BoardView;
  changed: number;
  onApply(): void;
  message: string;
  format: Format;
  /** What can be done with all that is shown. */
  tools: ReactNode;
}) {
  const t = useText();
  const { view, changed, format } = props;
  return (
    <div className="gc-row gc-small gc-board-line">
      <span className="gc-quiet" data-testid="board-summary">
        {view.shown === view.ofSquads
          ? t('board.services', { count: view.shown })
          : t('board.summaryOf', {
              shown: format.number(view.shown),
              total: format.number(view.ofSquads),
            })}
      </span>
      {view.attention > 0 && (
        <span className="gc-quiet">
          {t('board.attention', { count: view.attention })}
        </span>
      )}
      {changed > 0 && (
        <span className="gc-chip gc-chip-info">
          {t('board.orderChanged', { count: changed })}
          <button
            type="button"
            className="gc-button gc-button-bare"
            onClick={props.onApply}
          >
            {t('board.apply')} <kbd>{t('board.applyKey')}</kbd>
          </button>
        </span>
      )}
      <span role="status">{props.message}</span>
      <span className="gc-row gc-push">
        {props.tools}
        <BoardKeys />
      </span>
    </div>
  );
}
