import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from './useGroundControlApi';
import { useLoad } from './useLoad';

/** What a reader may choose from. */
export interface Choices {
  squads: { ref: string; title: string; inCatalog: boolean }[];
  environments: string[];
  /** Refs of the reader's own squads. */
  mine: string[];
  /** Each with the ref of its squad. */
  services: (ServiceRef & { squad?: string })[];
}

/** Squads, environments and services to choose from; without them the filters of the URL still hold. */
export function useChoices(): Choices | undefined {
  const api = useGroundControlApi();
  return useLoad('request choices', async signal => {
    const board = await api.getBoard({ squad: 'all' }, signal);
    return {
      squads: [...board.squads].sort((a, b) => a.title.localeCompare(b.title)),
      environments: board.environments,
      mine: board.mine,
      services: board.rows.map(({ service, squad }) => ({ ...service, squad })),
    };
  }).data;
}
