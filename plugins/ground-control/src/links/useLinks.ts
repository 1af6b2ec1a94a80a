import { useApi } from '@backstage/core-plugin-api';
import { LinkQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { useLive } from '../hooks/useLive';

/** All links, anew whenever one of them changes. */
export function useLinks({ window, percentile }: LinkQuery) {
  const api = useApi(groundControlApiRef);
  return useLive(
    `links ${window} ${percentile}`,
    signal => api.getLinkMatrix({ window, percentile }, signal),
    ['links'],
  );
}
