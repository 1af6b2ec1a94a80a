import {
  formatServiceRef,
  ReleaseRequest,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RequestsText } from '../hooks/useRequestsText';

/** What a request is about, in a few words. */
export function subjectOf(
  t: RequestsText,
  { access, environment, intent, service }: ReleaseRequest,
): string {
  if (!access) {
    return t(intent === 'rollback' ? 'rollback' : 'subject', {
      service: service.name,
      environment,
    });
  }
  const { change, cluster, from, name, service: asker } = access.wish;
  if (change === 'remove') return t('access.removal', { name, cluster });
  return from.length
    ? t('access.call', { service: formatServiceRef(asker), name, cluster })
    : t('access.place', { name, cluster });
}
