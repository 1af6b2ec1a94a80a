import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import { sayTime } from '../../../lib/sayTime';
import { cutDescription } from '../cutDescription';
import { fitTitle } from '../fitTitle';
import { ReadCluster, UnreadNotice } from './types';

/** As the page of clusters says them. */
const WORDS: Record<Exclude<ClusterConnectionState, 'live'>, string> = {
  starting: 'not read yet',
  syncing: 'being read',
  stale: 'not heard of',
  unreachable: 'unreachable',
  unauthorized: 'credentials rejected',
  forbidden: 'access refused',
  mistaken: 'another cluster',
  untrusted: 'certificate not trusted',
  failing: 'failing',
};

/** What the watcher has no reason for, or can't say itself. */
const REASONS: Partial<Record<ClusterConnectionState, string>> = {
  starting: 'Nothing was read of it yet',
  syncing: 'It answers, and its first lists do not come to an end',
  stale:
    'Nothing was heard of it, for no known reason. Does the backend that watches it run?',
};

const endSentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function describe({ since }: UnreadNotice, cluster: ReadCluster): string[] {
  const { connection, reason = REASONS[connection], wasRead } = cluster;
  const name = cluster.cluster;
  return [
    ...(reason ? [endSentence(reason)] : []),
    wasRead
      ? `${name} has not been read since ${sayTime(
          since,
        )}. What is shown of it, and of squads’ services in it, is from before.`
      : `${name} has not been read since ${sayTime(
          since,
        )}, and never before. Nothing is known of squads’ services in it.`,
  ];
}

/** A title of at most 50 characters. */
export function formatUnreadTitle(
  { cluster, connection }: Pick<ReadCluster, 'cluster' | 'connection'>,
  tell: 'begun' | 'over',
): string {
  return tell === 'over' || connection === 'live'
    ? fitTitle('Read again: ', cluster)
    : fitTitle('Cannot read ', cluster, [`: ${WORDS[connection]}`]);
}

/** What platform engineers are told; the next takes the place of the one before. */
export function formatUnreadCluster(
  notice: UnreadNotice,
  cluster: ReadCluster,
  tell: 'begun' | 'over',
): NotificationSendOptions['payload'] {
  return {
    title: formatUnreadTitle(cluster, tell),
    description: cutDescription(
      tell === 'begun'
        ? describe(notice, cluster)
        : [
            `${cluster.cluster} has been read again since ${sayTime(
              notice.overSince ?? cluster.since,
            )}. It had not been since ${sayTime(notice.since)}.`,
          ],
    ),
    link: `/releases/clusters/${encodeURIComponent(cluster.cluster)}`,
    severity: tell === 'begun' ? 'high' : 'normal',
    topic: 'cluster.unread',
    scope: `ground-control:unread:${cluster.cluster}`,
  };
}
