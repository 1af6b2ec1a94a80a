import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { formatServicePath } from '@ground-control/backstage-plugin-ground-control-common';
import { cutMiddle } from '../../lib/cutMiddle';
import { Notice, NoticeKind } from './types';

type Payload = NotificationSendOptions['payload'];

/** Longer ones are cut by whatever shows them, and then lose what matters. */
const LONGEST_TITLE = 50;
/** Less of a service's name says nothing. */
const LEAST_OF_A_NAME = 5;
const LONGEST_DESCRIPTION = 1_000;

const BEGUN: Record<NoticeKind, string> = {
  failed: 'Failed in',
  drifted: 'Drifted in',
  stuck: 'Stuck in',
};
const OVER: Record<NoticeKind, string> = {
  failed: 'No longer failing in',
  drifted: 'No longer drifted in',
  stuck: 'No longer stuck in',
};
const SEVERITY: Record<NoticeKind, Payload['severity']> = {
  failed: 'critical',
  drifted: 'high',
  stuck: 'high',
};

/** A title of at most 50 characters; the environment is never cut. */
export function formatTitle(notice: Notice, tell: 'begun' | 'over'): string {
  const words = (tell === 'begun' ? BEGUN : OVER)[notice.kind];
  const start = `${words} ${notice.environment}: `;
  const room = Math.max(LONGEST_TITLE - start.length, LEAST_OF_A_NAME);
  return start + cutMiddle(notice.service, room);
}

/** What a squad is told; one about the same takes the place of the one before. */
export function formatNotice(
  notice: Notice,
  tell: 'begun' | 'over',
  why?: string,
): Payload {
  const { kind, environment, namespace, service, clusters } = notice;
  const description =
    tell === 'begun' && why
      ? `${service}\n${why}`
      : `${service}\n${clusters.join(', ')}`;
  return {
    title: formatTitle(notice, tell),
    description: description.slice(0, LONGEST_DESCRIPTION).toWellFormed(),
    link: `/releases/services/${formatServicePath({
      namespace,
      name: service,
    })}?from=notification`,
    severity: tell === 'begun' ? SEVERITY[kind] : 'normal',
    topic: `release.${kind}`,
    scope: `ground-control:${kind}:${environment}:${namespace}/${service}`,
  };
}
