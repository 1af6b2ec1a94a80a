import { useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  formatServicePath,
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { rootRouteRef } from '../routes';

/** Paths of the releases pages, wherever they are mounted. */
export function useReleasesPath() {
  const root = useRouteRef(rootRouteRef)();
  return useMemo(
    () => ({
      board: `${root}/board`,
      clusters: `${root}/clusters`,
      cluster: (name: string) => `${root}/clusters/${encodeURIComponent(name)}`,
      activity: `${root}/activity`,
      find: `${root}/find`,
      requests: `${root}/requests`,
      audit: `${root}/audit`,
      policies: `${root}/policies`,
      policiesOf: (service: ServiceRef) =>
        `${root}/policies?service=${encodeURIComponent(
          formatServiceRef(service),
        )}`,
      request: (id: string) => `${root}/requests/${encodeURIComponent(id)}`,
      service: (service: ServiceRef) =>
        `${root}/services/${formatServicePath(service)}`,
    }),
    [root],
  );
}
