import { useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { linksRouteRef } from '../routes';

/** Paths of the pages of links, wherever they are mounted. */
export function useLinksPath() {
  const root = useRouteRef(linksRouteRef)();
  return useMemo(
    () => ({
      matrix: root,
      map: `${root}/map`,
      calls: `${root}/calls`,
      gateway: `${root}/gateway`,
      pair: (from: string, to: string) =>
        `${root}/${encodeURIComponent(from)}/${encodeURIComponent(to)}`,
    }),
    [root],
  );
}
