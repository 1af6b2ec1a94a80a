import { BoardState, formatBoardState } from './boardState';

/**
 * The board's query for somebody else: `mine`, said or meant, is another thing
 * to them, so the squads that it stands for here are named. `from` tells where
 * this reader came from and is left out.
 */
export function formatSharedSearch(
  state: BoardState,
  shown: {
    squad: 'mine' | 'all' | string[];
    mine: string[];
    /** The address names the squad already. */
    fixedSquad?: string;
  },
  base: URLSearchParams,
): string {
  const named =
    shown.squad === 'mine' && shown.mine.length ? shown.mine : shown.squad;
  const params = formatBoardState(
    { ...state, squad: shown.fixedSquad ? undefined : named },
    base,
  );
  params.delete('from');
  return params.toString();
}
