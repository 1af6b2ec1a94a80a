import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { formatServicePath } from '@ground-control/backstage-plugin-ground-control-common';
import { cutDescription } from './cutDescription';
import { fitTitle } from './fitTitle';
import { Notice, NoticeKind, Tell } from './types';

type Payload = NotificationSendOptions['payload'];

const WORDS: Record<Tell, Record<NoticeKind, string>> = {
  begun: {
    failed: 'Failed in',
    drifted: 'Drifted in',
    stuck: 'Stuck in',
  },
  newer: {
    failed: 'New release failed in',
    drifted: 'New release drifted in',
    stuck: 'New release stuck in',
  },
  over: {
    failed: 'No longer failing in',
    drifted: 'No longer drifted in',
    stuck: 'No longer stuck in',
  },
};
const NEWER: Record<NoticeKind, string> = {
  failed: 'The newer release fails as well.',
  drifted: 'The newer release has drifted as well.',
  stuck: 'The newer release is stuck as well.',
};
const SEVERITY: Record<NoticeKind, Payload['severity']> = {
  failed: 'critical',
  drifted: 'high',
  stuck: 'high',
};

/** A title of at most 50 characters; the environment is never cut. */
export function formatTitle(notice: Notice, tell: Tell): string {
  const { environment, kind, service } = notice;
  return fitTitle(`${WORDS[tell][kind]} ${environment}: `, service);
}

/** What a squad is told; one about the same takes the place of the one before. */
export function formatNotice(
  notice: Notice,
  tell: Tell,
  why?: string,
): Payload {
  const { kind, environment, namespace, service, clusters } = notice;
  const lines = [
    service,
    ...(tell === 'newer' ? [NEWER[kind]] : []),
    tell !== 'over' && why ? why : clusters.join(', '),
  ];
  return {
    title: formatTitle(notice, tell),
    description: cutDescription(lines),
    link: `/releases/services/${formatServicePath({
      namespace,
      name: service,
    })}?from=notification`,
    severity: tell === 'over' ? 'normal' : SEVERITY[kind],
    topic: `release.${kind}`,
    scope: `ground-control:${kind}:${environment}:${namespace}/${service}`,
  };
}
