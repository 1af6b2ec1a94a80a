import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { formatServicePath } from '@ground-control/backstage-plugin-ground-control-common';
import { sayTime } from '../../../lib/sayTime';
import { cutDescription } from '../cutDescription';
import { fitTitle, LONGEST_TITLE } from '../fitTitle';
import { NoticeSubject } from '../types';
import { CorrectionTimes } from './types';

/** A title of at most 50 characters, with the cluster where there is room. */
export function formatCorrectionTitle(
  { environment, service }: NoticeSubject,
  clusters: string[],
): string {
  const title = `Flux undid changes to ${service} in ${clusters.join(', ')}`;
  return title.length <= LONGEST_TITLE
    ? title
    : fitTitle(`Flux undid changes in ${environment}: `, service);
}

/** What a squad is told; the next takes the place of the one before. */
export function formatCorrection(
  subject: NoticeSubject,
  times: CorrectionTimes,
): NotificationSendOptions['payload'] {
  const { environment, namespace, service } = subject;
  return {
    title: formatCorrectionTitle(subject, Object.keys(times)),
    description: cutDescription([
      service,
      ...Object.entries(times).map(
        ([cluster, at]) => `${cluster}: undone at ${sayTime(at)}`,
      ),
      'It is again as the config repository has it; make changes that are to stay there. You are told of further ones after 24 hours without any.',
    ]),
    link: `/releases/services/${formatServicePath({
      namespace,
      name: service,
    })}?from=notification`,
    severity: 'normal',
    topic: 'release.drift-corrected',
    scope: `ground-control:drift-corrected:${environment}:${namespace}/${service}`,
  };
}
