import { createApiRef } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { SignalApi } from '@backstage/plugin-signals-react';
import {
  ChangeSignal,
  GroundControlApi,
  GroundControlClient,
  SIGNAL_CHANNEL,
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

/** Hears of changes, as long as the portal has signals; asking again now and then stays needed. */
export function subscribeToChanges(
  signals: SignalApi | undefined,
  listener: (signal: ChangeSignal) => void,
) {
  return signals?.subscribe(SIGNAL_CHANNEL, message =>
    listener(message as unknown as ChangeSignal),
  );
}
