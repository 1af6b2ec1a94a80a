import { useApi } from '@backstage/core-plugin-api';
import { groundControlApiRef } from '../api';
import { useLoad } from './useLoad';

/** Squads and environments to choose from; without them the filters of the URL still hold. */
export function useChoices() {
  const api = useApi(groundControlApiRef);
  return useLoad('request choices', async signal => {
    const board = await api.getBoard({ squad: 'all' }, signal);
    return {
      squads: [...board.squads].sort((a, b) => a.title.localeCompare(b.title)),
      environments: board.environments,
      /** Refs of the reader's own squads. */
      mine: board.mine,
    };
  }).data;
}
