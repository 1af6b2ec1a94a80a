import {
  formatServiceRef,
  ReleaseChoices,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { Live, useLive } from '../hooks/useLive';

/** What can be released of a service to an environment, and gone back to. */
export function useChoices(
  service: ServiceRef,
  environment: string,
): Live<ReleaseChoices> {
  const api = useGroundControlApi();
  return useLive(
    `choices ${formatServiceRef(service)}@${environment}`,
    signal => api.getReleaseChoices(service, environment, signal),
    ['releases', 'requests'],
  );
}
