import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import { decideUnreadClusters } from './decideUnreadClusters';
import { formatUnreadCluster, formatUnreadTitle } from './formatUnreadCluster';
import { ReadCluster, UnreadNotice } from './types';

const MINUTE = 60_000;

function cluster(one: Partial<ReadCluster> = {}): ReadCluster {
  return {
    cluster: 'az-prod-2',
    connection: 'unreachable',
    reason: 'No answer within 5 s',
    since: 0,
    wasRead: true,
    isRecovering: false,
    ...one,
  };
}
const live = cluster({ connection: 'live', reason: undefined });

/** What is seen at times in minutes, and what is told then. */
class Play {
  notices: UnreadNotice[] = [];
  readonly told: string[] = [];

  at(minute: number, ...clusters: ReadCluster[]): this {
    const steps = decideUnreadClusters({
      // As from the database: a restart between any two changes nothing.
      notices: JSON.parse(JSON.stringify(this.notices)),
      clusters,
      now: minute * MINUTE,
      unreadMs: 5 * MINUTE,
    });
    for (const step of steps) {
      const { before, after, tell } = step;
      const name = (after ?? before)!.cluster;
      this.notices = this.notices.filter(one => one.cluster !== name);
      if (after) this.notices.push(after);
      if (tell) {
        this.told.push(`${minute} ${tell} ${step.cluster?.connection}`);
      }
    }
    return this;
  }
}

describe('decideUnreadClusters', () => {
  const BEGUN = '5 begun unreachable';
  const toldOf = () => new Play().at(0, cluster()).at(5, cluster());

  it('tells once that it can not be read, and once that it can again', () => {
    const { told, notices } = new Play()
      .at(0, cluster())
      .at(4.9, cluster())
      .at(5, cluster())
      .at(60, cluster())
      .at(70, live)
      .at(74.9, live)
      .at(75, live)
      .at(99, live);
    expect(told).toEqual([BEGUN, '75 over live']);
    expect(notices).toEqual([]);
  });

  it('tells nothing of what passes, and no end that passes', () => {
    const { told } = new Play()
      .at(0, cluster())
      .at(4, cluster())
      .at(4.5, live)
      .at(5, cluster())
      .at(9.9, cluster())
      .at(10, cluster())
      .at(20, live)
      .at(24, cluster())
      .at(25, live)
      .at(29, live);
    expect(told).toEqual(['10 begun unreachable']);
  });

  it('is the same trouble for another reason', () => {
    const { told } = toldOf()
      .at(6, cluster({ connection: 'untrusted' }))
      .at(20, cluster({ connection: 'unauthorized' }));
    expect(told).toEqual([BEGUN]);
  });

  it.each<ClusterConnectionState>([
    'stale',
    'unreachable',
    'unauthorized',
    'forbidden',
    'mistaken',
    'untrusted',
    'failing',
  ])('tells of a cluster that is %s', connection => {
    const one = cluster({ connection, since: 4 * MINUTE });
    const { told } = new Play().at(0, one).at(4.9, one).at(5, one);
    expect(told).toEqual([`5 begun ${connection}`]);
  });

  it.each<ClusterConnectionState>(['starting', 'syncing'])(
    'waits for one that is %s, and not for ever',
    connection => {
      const one = cluster({ connection, since: 4 * MINUTE });
      const play = new Play().at(0, cluster()).at(5, one).at(8.9, one);
      expect(play.told).toEqual([]);
      expect(play.at(9, one).told).toEqual([`9 begun ${connection}`]);
    },
  );

  it('counts from when it was seen: while no backend ran nothing could be read', () => {
    const stale = cluster({ connection: 'stale', since: -600 * MINUTE });
    const { told } = new Play().at(0, stale).at(4, stale).at(4.5, live);
    expect(told).toEqual([]);
  });

  it('says since when it was so, over all that it was since', () => {
    const early = cluster({ since: -3 * MINUTE });
    const late = cluster({ connection: 'failing', since: 4 * MINUTE });
    const { notices } = new Play().at(0, early).at(5, late);
    expect(notices).toEqual([
      {
        cluster: 'az-prod-2',
        since: -3 * MINUTE,
        notedAt: 0,
        toldAt: 5 * MINUTE,
      },
    ]);
  });

  it('ends without a word when it is bootstrapped anew', () => {
    const anew = cluster({ connection: 'failing', isRecovering: true });
    const { told, notices } = toldOf()
      .at(10, anew)
      .at(40, anew)
      .at(41, { ...live, isRecovering: true })
      .at(50, live);
    expect(told).toEqual([BEGUN]);
    expect(notices).toEqual([]);
    // One that doesn't come back within its hour is as any other.
    const late = new Play().at(0, anew).at(60, cluster()).at(65, cluster());
    expect(late.told).toEqual(['65 begun unreachable']);
  });

  it('ends without a word when it is no longer configured', () => {
    const { told, notices } = toldOf().at(10);
    expect(told).toEqual([BEGUN]);
    expect(notices).toEqual([]);
  });

  it('tells of each cluster', () => {
    const other = cluster({ cluster: 'gcp-prod-1', connection: 'forbidden' });
    const { told } = new Play()
      .at(0, cluster(), other)
      .at(5, cluster(), other)
      .at(10, cluster(), { ...other, connection: 'live' })
      .at(15, cluster(), { ...other, connection: 'live' });
    expect(told).toEqual([BEGUN, '5 begun forbidden', '15 over live']);
  });
});

describe('formatUnreadCluster', () => {
  const since = Date.parse('2026-03-02T14:02:00Z');
  const notice = { cluster: 'az-prod-2', since, notedAt: since };

  it('says which, why and since when, and that what is shown is old', () => {
    const one = cluster({
      connection: 'unauthorized',
      reason: 'It rejects our credentials (401)',
    });
    expect(formatUnreadCluster(notice, one, 'begun')).toEqual({
      title: 'Cannot read az-prod-2: credentials rejected',
      description:
        'It rejects our credentials (401).\naz-prod-2 has not been read since 2 Mar 2026, 14:02 UTC. What is shown of it, and of squads’ services in it, is from before.',
      link: '/releases/clusters/az-prod-2',
      severity: 'high',
      topic: 'cluster.unread',
      scope: 'ground-control:unread:az-prod-2',
    });
  });

  it('says that it is read again', () => {
    const overSince = since + 90 * MINUTE;
    expect(
      formatUnreadCluster({ ...notice, overSince }, live, 'over'),
    ).toMatchObject({
      title: 'Read again: az-prod-2',
      description:
        'az-prod-2 has been read again since 2 Mar 2026, 15:32 UTC. It had not been since 2 Mar 2026, 14:02 UTC.',
      severity: 'normal',
      scope: 'ground-control:unread:az-prod-2',
    });
  });

  it('never says that there was something before where there was not', () => {
    const one = cluster({ wasRead: false });
    const { description } = formatUnreadCluster(notice, one, 'begun');
    expect(description).toContain('Nothing is known of');
    expect(description).not.toContain('from before');
  });

  it('has a reason where the watcher can give none', () => {
    const stale = cluster({ connection: 'stale', reason: undefined });
    const { description } = formatUnreadCluster(notice, stale, 'begun');
    expect(description).toMatch(/^Nothing was heard of it.*run\?\naz-prod-2/);
  });

  it.each([
    ['az-1', 'Cannot read az-1: certificate not trusted'],
    ['azure-westeurope-prod-02', 'Cannot read azure-westeurope-prod-02'],
    [
      'a-cluster-of-a-company-that-likes-its-names-long',
      'Cannot read a-cluster-of-a-comp…kes-its-names-long',
    ],
  ])('has room for %s', (name, title) => {
    const one = cluster({ cluster: name, connection: 'untrusted' });
    const formatted = formatUnreadTitle(one, 'begun');
    expect(formatted).toBe(title);
    expect(formatted.length).toBeLessThanOrEqual(50);
  });
});
