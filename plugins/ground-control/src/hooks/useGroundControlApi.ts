import { useApi } from '@backstage/core-plugin-api';
import { GroundControlApi } from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';

/** The API of the backend. */
export function useGroundControlApi(): GroundControlApi {
  return useApi(groundControlApiRef);
}
