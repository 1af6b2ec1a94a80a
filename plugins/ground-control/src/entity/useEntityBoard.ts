import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { BoardQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';

/** The board of the entity at hand: of a Component itself, or of a squad's services. */
export function useEntityBoard(of: 'component' | 'squad') {
  const api = useGroundControlApi();
  const ref = stringifyEntityRef(useEntity().entity);
  const query: BoardQuery = of === 'squad' ? { squad: [ref] } : { entity: ref };
  const live = useLive(
    `${of} ${ref}`,
    signal => api.getBoard(query, signal),
    ['releases', 'repository'],
    board => board.marks,
  );
  return { ref, live };
}
