import {
  CLUSTER_SERVICE_STATES,
  ClusterConnectionState,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  deriveClusterState,
  HeardCluster,
  JudgedState,
} from './deriveClusterState';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const FRESH = NOW - 5_000;
const OLD = NOW - 30_001;

const heard = (
  connection: ClusterConnectionState,
  more: Partial<HeardCluster> = {},
): HeardCluster => ({
  connection,
  since: NOW - 3_600_000,
  observedAt: FRESH,
  mayNotRead: false,
  ...more,
});

const judged = (state: ClusterServiceState, position: number): JudgedState => ({
  state,
  release_position: position,
});

const RELEASE = { position: 7 };

type Cause = 'judged' | 'pending' | 'stale' | 'may-not-read' | 'not-read';
const STANDINGS: Record<Exclude<Cause, 'judged'>, object> = {
  pending: { state: 'pending', reason: 'waits-for-source' },
  stale: { state: 'stale', reason: 'not-heard-of' },
  'may-not-read': { state: 'unknown', reason: 'may-not-read' },
  'not-read': { state: 'unknown', reason: 'not-heard-of' },
};

/** By connection: judged on this release, on an earlier one, not at all. */
const TABLE: Array<[string, HeardCluster, Cause, Cause, Cause]> = [
  ['live', heard('live'), 'judged', 'pending', 'pending'],
  [
    'live and silent',
    heard('live', { observedAt: OLD }),
    'stale',
    'stale',
    'stale',
  ],
  ['syncing', heard('syncing'), 'judged', 'not-read', 'not-read'],
  [
    'syncing and silent',
    heard('syncing', { observedAt: OLD }),
    'stale',
    'stale',
    'stale',
  ],
  [
    'live without Kustomizations',
    heard('live', { mayNotRead: true }),
    'may-not-read',
    'may-not-read',
    'may-not-read',
  ],
  [
    'unreachable without Kustomizations',
    heard('unreachable', { mayNotRead: true }),
    'stale',
    'stale',
    'stale',
  ],
  [
    'forbidden',
    heard('forbidden'),
    'may-not-read',
    'may-not-read',
    'may-not-read',
  ],
  ...(
    [
      'starting',
      'stale',
      'unreachable',
      'unauthorized',
      'mistaken',
      'untrusted',
      'failing',
    ] as const
  ).map((state): [string, HeardCluster, Cause, Cause, Cause] => [
    state,
    heard(state),
    'stale',
    'stale',
    'stale',
  ]),
];

describe.each(TABLE)('A cluster that is %s', (_, cluster, ...causes) => {
  it.each(CLUSTER_SERVICE_STATES)('with a service that was %s', state => {
    const rows = [judged(state, 7), judged(state, 6), undefined];
    rows.forEach((row, i) => {
      const cause = causes[i];
      const derived = deriveClusterState(row, cluster, RELEASE, NOW);
      expect(derived).toEqual(cause === 'judged' ? row : STANDINGS[cause]);
    });
  });

  it('never shows anything as well but what was judged so', () => {
    for (const row of [judged('pending', 7), judged('failed', 6), undefined]) {
      const { state } = deriveClusterState(row, cluster, RELEASE, NOW);
      expect(state).not.toBe('reconciled');
    }
  });
});

it('counts what was judged on a release that the reader didn’t see yet', () => {
  const row = judged('rolling-out', 8);
  expect(deriveClusterState(row, heard('live'), RELEASE, NOW)).toBe(row);
});
