import { LinkQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';

/** All links, anew whenever one of them changes. */
export function useLinks({ window, percentile }: LinkQuery) {
  const api = useGroundControlApi();
  return useLive(
    `links ${window} ${percentile}`,
    signal => api.getLinkMatrix({ window, percentile }, signal),
    ['links'],
  );
}
