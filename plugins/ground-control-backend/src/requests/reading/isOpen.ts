import { OPEN_REQUEST_STATES } from '@ground-control/backstage-plugin-ground-control-common';
import { RequestRow } from '../types';

/** Whether something can still become of a request. */
export function isOpen({ state }: Pick<RequestRow, 'state'>): boolean {
  return OPEN_REQUEST_STATES.includes(state);
}
