import {
  AccessWish,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RequestsText } from '../hooks/useRequestsText';
import { Format } from '../lib/createFormat';

/** From where something is to be called; of a removal, for whom. */
export function describeCallers(
  t: RequestsText,
  format: Format,
  { change, from, service }: AccessWish,
): string {
  if (change === 'remove') {
    return t('access.for', { service: formatServiceRef(service) });
  }
  return from.length
    ? t('access.from', { clusters: format.list(from) })
    : t('access.outside');
}
