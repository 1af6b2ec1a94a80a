import { buildConnection } from './buildConnection';
import { parseCluster } from './parseCluster';
import { ClusterRow } from './types';

const row = (more: Partial<ClusterRow> = {}): ClusterRow => ({
  cluster: 'aws-1',
  provider: null,
  region: null,
  environment: 'prod',
  connection: 'live',
  reason: null,
  // As PostgreSQL's driver gives them.
  since: '1000',
  observed_at: '2000',
  last_event_at: null,
  kinds: '[]',
  ...more,
});
const kinds = (...found: [kind: string, state: string][]) =>
  JSON.stringify(
    found.map(([kind, state]) => ({ id: kind, kind, state, objects: 1 })),
  );

describe('parseCluster', () => {
  it.each([
    ['nothing', '[]', false],
    [
      'another kind',
      kinds(
        ['nodes', 'forbidden'],
        ['kustomizations.kustomize.toolkit.fluxcd.io', 'live'],
      ),
      false,
    ],
    [
      'Kustomizations',
      kinds(['kustomizations.kustomize.toolkit.fluxcd.io', 'forbidden']),
      true,
    ],
    [
      'Kustomizations for a moment',
      kinds(['kustomizations.kustomize.toolkit.fluxcd.io', 'failing']),
      false,
    ],
  ])(
    'knows what can’t be placed where %s is forbidden',
    (_, text, expected) => {
      const cluster = parseCluster(row({ kinds: text }), ['prod']);
      expect(cluster.mayNotRead).toBe(expected);
    },
  );

  it('takes another word than an environment for none', () => {
    const of = (environment: string | null) =>
      parseCluster(row({ environment }), ['dev', 'prod']).environment;
    expect([of('prod'), of('platform'), of(null)]).toEqual([
      'prod',
      undefined,
      undefined,
    ]);
  });
});

describe('buildConnection', () => {
  const full = row({ connection: 'failing', reason: 'why', last_event_at: 3 });

  it('gives the state and its age alone to who may not read clusters', () => {
    const cluster = parseCluster(full, []);
    expect(
      buildConnection(cluster, { mayReadClusters: false, now: 5_000 }),
    ).toEqual({
      state: 'failing',
      observedAt: '1970-01-01T00:00:02.000Z',
    });
    expect(
      buildConnection(cluster, { mayReadClusters: true, now: 5_000 }),
    ).toEqual({
      state: 'failing',
      reason: 'why',
      since: '1970-01-01T00:00:01.000Z',
      observedAt: '1970-01-01T00:00:02.000Z',
      lastEventAt: '1970-01-01T00:00:00.003Z',
    });
  });

  it.each([
    ['nothing, where all are read', kinds(['nodes', 'live']), undefined],
    [
      'nothing of those that the cluster has not, or that are being read',
      kinds(['helmreleases', 'absent'], ['nodes', 'starting']),
      undefined,
    ],
    [
      'those that are refused, or fail',
      kinds(
        ['statefulsets.apps', 'forbidden'],
        ['nodes', 'forbidden'],
        ['events', 'failing'],
      ),
      "We may not read statefulsets.apps, nodes. Failing to read events. What they would tell isn't known",
    ],
  ])('names of a live cluster %s', (_, text, reason) => {
    const cluster = parseCluster(row({ kinds: text }), []);
    const at = { now: 5_000 };
    expect(
      buildConnection(cluster, { mayReadClusters: true, ...at }).reason,
    ).toBe(reason);
    expect(
      buildConnection(cluster, { mayReadClusters: false, ...at }).reason,
    ).toBeUndefined();
    // Of one that isn't heard of, that is the reason.
    const away = { ...cluster, connection: 'unreachable' as const };
    expect(
      buildConnection(away, { mayReadClusters: true, ...at }).reason,
    ).toBeUndefined();
  });

  it('knows no age of what was never heard of', () => {
    const cluster = parseCluster(
      row({ connection: 'starting', observed_at: null }),
      [],
    );
    expect(
      buildConnection(cluster, { mayReadClusters: false, now: 9 }),
    ).toEqual({ state: 'starting' });
  });
});
