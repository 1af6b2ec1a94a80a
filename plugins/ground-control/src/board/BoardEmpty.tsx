import { StatePanel } from '../components/StatePanel';
import { usePagesText } from '../hooks/usePagesText';
import { BoardView } from './decideView';

/** Why there are no rows, and what to do: nothing exists, nothing is mine, or the filter hides all. */
export function BoardEmpty(props: {
  view: BoardView;
  known: number;
  onShowAll(): void;
}) {
  const t = usePagesText();
  const { view, known, onShowAll } = props;
  const showAll = { label: t('board.showAll'), onClick: onShowAll };
  if (!known) {
    return (
      <StatePanel status="not-released" title={t('board.emptyNothing')}>
        <p>{t('board.emptyNothingHow')}</p>
      </StatePanel>
    );
  }
  if (!view.ofSquads && view.squad === 'mine') {
    return <StatePanel title={t('board.emptyMine')} action={showAll} />;
  }
  return (
    <StatePanel title={t('board.emptyHidden')} action={showAll}>
      <p>{t('board.emptyHiddenCount', { count: view.ofSquads || known })}</p>
    </StatePanel>
  );
}
