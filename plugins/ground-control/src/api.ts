import { createApiRef } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  GroundControlApi,
  GroundControlClient,
} from '@ground-control/backstage-plugin-ground-control-common';

/**
 * The API of Ground Control's backend.
 *
 * @public
 */
export const groundControlApiRef = createApiRef<GroundControlApi>({
  id: 'plugin.ground-control.service',
});

/** Makes the client that both frontend systems use. */
export function createGroundControlApi(deps: {
  fetchApi: { fetch: typeof fetch };
}): GroundControlApi {
  return new GroundControlClient({
    fetchApi: deps.fetchApi,
    toError: response => ResponseError.fromResponse(response),
  });
}
