import { AskForReleases } from '@ground-control/backstage-plugin-ground-control-common';
import { Sending, useSending } from './useSending';
import { useGroundControlApi } from '../hooks/useGroundControlApi';

/** A form that asks for releases, being sent. */
export type Asking = Sending<Omit<AskForReleases, 'idempotencyKey'>>;

/** Asks for releases, once. */
export function useAsk(): Asking {
  const api = useGroundControlApi();
  return useSending<Omit<AskForReleases, 'idempotencyKey'>>(form =>
    api.askForReleases(form),
  );
}
