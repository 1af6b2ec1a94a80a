import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { releaseManagerLayout } from '../__testUtils__/testLayout';
import { until } from '../__testUtils__/until';
import { Change, ChangeHub } from '../lib/ChangeHub';
import { link } from '../links/__testUtils__/objects';
import {
  commitAt,
  deployment,
  gitRepository,
  kustomization,
  pod,
} from './__testUtils__/objects';
import { definitionOf, TestCluster } from './__testUtils__/TestCluster';
import { TestRepositoryRows } from './__testUtils__/TestRepositoryRows';
import { ClustersService } from './ClustersService';

const databases = createTestDatabases();
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe.each(databases.eachSupportedId())('ClustersService on %s', id => {
  const stops: Array<() => Promise<void>> = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  async function open() {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    return { knex, rows: await TestRepositoryRows.create(knex) };
  }

  function serve(
    knex: Knex,
    cluster: TestCluster,
    options: { names?: () => string[]; leaseTtlMs?: number } = {},
  ) {
    const changes: Change[] = [];
    const hub = new ChangeHub({ onError: () => {} });
    hub.subscribe(change => {
      changes.push(change);
    });
    const logger = createRecordingLogger();
    const service = new ClustersService({
      knex,
      logger,
      hub,
      layout: releaseManagerLayout,
      repository: 'default',
      environments: ['dev', 'prod'],
      locator: {
        locateClusters: async () =>
          (options.names?.() ?? ['aws-prod-1']).map(name =>
            definitionOf(name, name === 'hub' ? 'platform' : 'prod'),
          ),
      },
      createWatching: cluster.create,
      locateIntervalMs: 100,
      leaseTtlMs: options.leaseTtlMs,
    });
    service.start();
    stops.push(async () => {
      hub.close();
      await service.stop();
    });
    return { service, changes, hub, logger };
  }

  const stateOf = async (knex: Knex, service = 'ledger-api') => {
    const row = await knex('cluster_services').where({ service }).first('*');
    return row && `${row.state} ${row.reason}`;
  };

  it('writes what a cluster reports, and how releases stand in it', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', position, artifactId);
    const { changes } = serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    expect(await knex('cluster_services')).toMatchObject([
      {
        repository: 'default',
        cluster: 'aws-prod-1',
        environment: 'prod',
        namespace: 'payments',
        service: 'ledger-api',
        release_position: position,
        running_artifact_id: artifactId,
        replicas_ready: 2,
        replicas_desired: 2,
        blocked_by: null,
      },
    ]);
    expect(await knex('clusters')).toMatchObject([
      {
        cluster: 'aws-prod-1',
        ordinal: 0,
        environment: 'prod',
        connection: 'live',
        instance: 'one',
        kubernetes_version: 'v1.31.2',
        containers: 2,
        source_revision: expect.stringMatching(/1$/),
        source_fault: null,
        applied_revision: commitAt(position),
        unapplied: 0,
        applied_blocker: null,
      },
    ]);
    expect(await knex('cluster_watches')).toMatchObject([
      { cluster: 'aws-prod-1', environment: 'prod', until: null },
    ]);
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'clusters' }),
    );
    expect(changes).toContainEqual({
      kind: 'cluster-services',
      services: [{ namespace: 'payments', name: 'ledger-api' }],
    });
  });

  it('has a change of a cluster in the rows within half a second', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', position, artifactId);
    serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    const took: number[] = [];
    for (const runs of ['other', artifactId, 'other']) {
      // From a look of each second to the next it would be 700 ms each time.
      await pause(300);
      const from = Date.now();
      cluster.apply(deployment({ name: 'ledger-api', artifactId: runs }));
      const state =
        runs === 'other'
          ? 'drifted runs-another-artifact'
          : 'reconciled applied';
      await until(async () => (await stateOf(knex)) === state);
      took.push(Date.now() - from);
    }
    // A slow machine may make one late, but not all of them.
    expect(Math.min(...took)).toBeLessThan(500);
  });

  it('learns of releases and commits of any replica', async () => {
    const { knex, rows } = await open();
    const first = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', first.position, first.artifactId);
    serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    const second = await rows.release('ledger-api', 2);
    await until(
      async () => (await stateOf(knex)) === 'pending waits-for-source',
    );
    cluster.run('ledger-api', second.position, second.artifactId);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    // The cluster is ahead of what was read: what is known stays.
    cluster.apply(
      gitRepository({ at: 3 }),
      kustomization({ service: 'ledger-api', applied: 3 }),
    );
    await pause(500);
    expect(await stateOf(knex)).toBe('reconciled applied');
    await rows.commit();
    await pause(1_500);
    expect(await stateOf(knex)).toBe('reconciled applied');
  });

  it('notes what is applied everywhere, and what fails to apply more', async () => {
    const { knex, rows } = await open();
    await rows.release('ledger-api');
    const second = await rows.commit();
    const cluster = new TestCluster();
    const infrastructure = { name: 'infrastructure', path: './infra' };
    const tenant = { name: 'tenant', path: './x', source: 'another' };
    const fault = { ready: 'False', reason: 'BuildFailed' } as const;
    cluster.apply(
      gitRepository({ at: second }),
      kustomization({ name: 'flux-system', path: './all', applied: second }),
      kustomization({ ...infrastructure, applied: 1, message: 'no', ...fault }),
      // Another repository's commits are older and newer than none of these.
      kustomization({ ...tenant, applied: 9, ...fault }),
    );
    // One that carries no environment judges no service, and is followed too.
    serve(knex, cluster, { names: () => ['aws-prod-1', 'hub'] });
    const expectBoth = async (expected: object) => {
      for (const name of ['aws-prod-1', 'hub']) {
        await until(async () => {
          const row = await knex('clusters').where({ cluster: name }).first();
          return Object.entries(expected).every(
            ([column, value]) => row?.[column] === value,
          );
        });
      }
    };
    const { kind, namespace } = {
      kind: 'Kustomization',
      namespace: 'flux-system',
    };
    await expectBoth({
      source_revision: commitAt(second),
      applied_revision: commitAt(1),
      unapplied: 0,
      applied_blocker: JSON.stringify({
        kind,
        namespace,
        name: 'infrastructure',
        why: 'no',
      }),
    });
    cluster.apply(
      kustomization({ ...infrastructure, applied: second }),
      kustomization({ name: 'cards', path: './cards' }),
    );
    await expectBoth({
      applied_revision: commitAt(second),
      unapplied: 1,
      applied_blocker: null,
    });
    // Ahead of what was read: nobody knows which of the two is older.
    cluster.apply(
      kustomization({ name: 'cards', path: './cards', applied: 3 }),
    );
    await expectBoth({ applied_revision: commitAt(3), unapplied: 0 });
    await rows.commit();
    await expectBoth({ applied_revision: commitAt(second) });
  });

  it('asks the pods of what is stuck, and of nothing else', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const other = await rows.release('cards');
    const cluster = new TestCluster();
    cluster.run('cards', position, other.artifactId);
    cluster.run('ledger-api', other.position, artifactId);
    serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    cluster.watching.pods = [pod({ waiting: 'CrashLoopBackOff' })];
    cluster.apply(deployment({ name: 'ledger-api', artifactId, ready: 1 }));
    await until(async () => (await stateOf(knex)) === 'failed crash-loop');
    expect(cluster.watching.lists).toEqual(['payments app=ledger-api']);
    cluster.apply(deployment({ name: 'ledger-api', artifactId }));
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
  });

  it('notes a fault at once, and keeps what it knew', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', position, artifactId);
    serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    const before = await knex('clusters').first('*');
    cluster.watching.read({ state: 'unreachable', reason: 'No answer' });
    const row = await until(() =>
      knex('clusters').where({ connection: 'unreachable' }).first('*'),
    );
    expect(row).toMatchObject({
      reason: 'No answer',
      observed_at: before.observed_at,
      containers: 2,
    });
    expect(await stateOf(knex)).toBe('reconciled applied');
  });

  it('counts nothing short, and calls nothing well, that it can’t read', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', position, artifactId);
    cluster.apply(
      kustomization({
        service: 'ledger-api',
        applied: position,
        inventory: ['payments_ledger-db_apps_StatefulSet'],
      }),
      { ...deployment({ name: 'ledger-db' }), kind: 'StatefulSet' },
    );
    serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    const { watching } = cluster;
    cluster.apply({
      kind: 'RoutingWeight',
      metadata: { namespace: 'flux-system', name: 'own' },
      spec: {
        clusterName: 'aws-prod-1',
        annotations: [{ key: 'a/weight', value: '7' }],
      },
    });
    const routingIs = (value: string | null) =>
      until(async () => {
        const { routing } = await knex('clusters').first('routing');
        return (routing && JSON.parse(routing).annotations[0].value) === value;
      });
    const all = watching.reading.kinds;
    const refuse = (...ids: string[]) =>
      watching.read({
        state: 'live',
        kinds: all.map(kind =>
          ids.includes(kind.id) ? { ...kind, state: 'forbidden' } : kind,
        ),
      });
    const sizeIs = (nodes: number | null, containers: number | null) =>
      until(() =>
        knex('clusters').where({ nodes_total: nodes, containers }).first('*'),
      );
    await sizeIs(0, 4);
    await routingIs('7');
    refuse('statefulSets', 'nodes', 'routingWeights');
    await until(async () => (await stateOf(knex)) === 'unknown may-not-read');
    await sizeIs(null, null);
    await routingIs(null);
    refuse();
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    await sizeIs(0, 4);
    await routingIs('7');
    // Of one that is away, what it last said stays.
    watching.read({
      state: 'unreachable',
      kinds: all.map(kind => ({ ...kind, state: 'failing' })),
    });
    await until(() =>
      knex('clusters').where({ connection: 'unreachable' }).first(),
    );
    await rows.commit();
    await pause(1_500);
    await sizeIs(0, 4);
    await routingIs('7');
  });

  it('believes nothing of a cluster that answers as another', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', position, artifactId);
    serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    cluster.watching.read({
      state: 'mistaken',
      instance: 'two',
      identity: 'gcp-prod-1',
    });
    cluster.apply(deployment({ name: 'ledger-api', artifactId: 'other' }));
    const row = await until(() =>
      knex('clusters').where({ connection: 'mistaken' }).first('*'),
    );
    expect(row).toMatchObject({
      instance: 'one',
      identity: 'gcp-prod-1',
      identity_state: 'mistaken',
    });
    await pause(500);
    expect(await stateOf(knex)).toBe('reconciled applied');
    expect(await knex('cluster_recoveries')).toEqual([]);
  });

  it('follows a cluster that is bootstrapped anew', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', position, artifactId);
    serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    expect(await knex('cluster_recoveries')).toEqual([]);
    const { watching } = cluster;
    const all = watching.reading.kinds;
    watching.read({
      state: 'failing',
      instance: 'two',
      kinds: all.map(kind => ({ ...kind, state: 'absent' })),
    });
    const begun = await until(() => knex('cluster_recoveries').first('*'));
    expect(begun).toMatchObject({ cluster: 'aws-prod-1', instance: 'two' });
    expect(begun.api_reachable_at).not.toBeNull();
    expect(begun.flux_ready_at).toBeNull();
    cluster.apply(
      deployment({
        name: 'source-controller',
        namespace: 'flux-system',
        owner: null,
        labels: {
          'app.kubernetes.io/part-of': 'flux',
          'app.kubernetes.io/version': 'v2.6.1',
        },
      }),
    );
    watching.read({ state: 'live', kinds: all });
    const done = await until(async () => {
      const row = await knex('cluster_recoveries').first('*');
      return row.all_ready_at ? row : undefined;
    });
    expect(done).toMatchObject({ ready: 1, total: 1 });
    const times = [
      done.started_at,
      done.api_reachable_at,
      done.flux_ready_at,
      done.first_revision_at,
    ].map(Number);
    expect([...times].sort()).toEqual(times);
    expect(await knex('clusters').first('*')).toMatchObject({
      instance: 'two',
      flux_version: 'v2.6.1',
    });
  });

  it('follows one that came, and fell silent before it could be looked at', async () => {
    const { knex } = await open();
    const cluster = new TestCluster();
    serve(knex, cluster);
    await until(() => knex('clusters').where({ connection: 'live' }).first());
    const { watching } = cluster;
    const goneAt = Number((await knex('clusters').first('*')).observed_at);
    const read = async (
      reading: Parameters<typeof watching.read>[0] & { reason: string },
    ) => {
      watching.read(reading);
      const { reason } = reading;
      return until(() => knex('clusters').where({ reason }).first('*'));
    };
    await read({ state: 'unreachable', reason: 'No answer' });
    // Who answers is known, and none of its kinds could be read.
    const came = { instance: 'two', observedAt: goneAt + 60_000 };
    await read({ ...came, state: 'unreachable', reason: 'No lists' });
    expect(await knex('cluster_recoveries')).toEqual([]);
    await read({ state: 'unreachable', reason: 'No answer again' });
    expect(await knex('cluster_recoveries')).toEqual([]);
    const row = await read({ state: 'failing', reason: 'No Flux yet' });
    expect(row).toMatchObject({ instance: 'two' });
    const [recovery] = await knex('cluster_recoveries');
    expect(recovery).toMatchObject({ cluster: 'aws-prod-1', instance: 'two' });
    // It began when the one before was heard of last.
    expect(Number(recovery.started_at)).toBe(goneAt);
  });

  it('follows what is configured', async () => {
    const { knex, rows } = await open();
    await rows.release('ledger-api');
    let names = ['aws-prod-1', 'hub'];
    const cluster = new TestCluster();
    serve(knex, cluster, { names: () => names });
    await until(async () => (await knex('clusters')).length === 2);
    await until(() => stateOf(knex));
    expect(
      await knex('clusters')
        .orderBy('ordinal')
        .select('cluster', 'environment', 'role'),
    ).toEqual([
      { cluster: 'aws-prod-1', environment: 'prod', role: null },
      { cluster: 'hub', environment: null, role: 'platform' },
    ]);
    names = ['hub'];
    await until(async () => (await knex('clusters')).length === 1);
    expect(await knex('cluster_services')).toEqual([]);
    expect(cluster.watchings.filter(one => !one.stopped)).toHaveLength(1);
  });

  it('looks at once where an alert wants it', async () => {
    const { knex } = await open();
    const cluster = new TestCluster();
    serve(knex, cluster);
    await until(() => knex('clusters').where({ connection: 'live' }).first());
    await knex('clusters').update({ look_wanted_at: 7 });
    await until(() => cluster.watching.looks === 1);
    await pause(1_500);
    expect(cluster.watching.looks).toBe(1);
  });

  it('goes on where it stopped, and writes nothing again', async () => {
    const { knex, rows } = await open();
    const { position, artifactId } = await rows.release('ledger-api');
    const cluster = new TestCluster();
    cluster.run('ledger-api', position, artifactId);
    const first = serve(knex, cluster);
    await until(async () => (await stateOf(knex)) === 'reconciled applied');
    await first.service.stop();
    const before = await knex('cluster_services');
    const second = serve(knex, cluster);
    await until(() => cluster.watchings.length === 2);
    await pause(1_500);
    expect(await knex('cluster_services')).toEqual(before);
    expect(second.changes.map(change => change.kind)).not.toContain(
      'cluster-services',
    );
  });

  // SQLite is for one process: there is nobody to share a lease with.
  if (!id.startsWith('POSTGRES')) return;

  describe('with several replicas', () => {
    it('is written by one, which the other replaces when it dies', async () => {
      const { knex, rows } = await open();
      const { position, artifactId } = await rows.release('ledger-api');
      const cluster = new TestCluster();
      cluster.run('ledger-api', position, artifactId);
      const first = serve(knex, cluster);
      await until(async () => (await stateOf(knex)) === 'reconciled applied');
      serve(knex, cluster);
      await pause(1_500);
      expect(cluster.watchings).toHaveLength(1);

      // The holder is dead, and its lease runs out: both others compete.
      const [old] = cluster.watchings;
      await knex('leases').update({ holder: 'dead' });
      const from = Date.now();
      await until(() => cluster.watchings.length === 2 || undefined);
      expect(Date.now() - from).toBeLessThan(15_000);
      const changed = { name: 'ledger-api', artifactId: 'other' };
      cluster.apply(deployment(changed));
      await until(
        async () => (await stateOf(knex)) === 'drifted runs-another-artifact',
      );
      await until(() => old.stopped);
      expect(first.logger.lines).toEqual([]);
      expect(cluster.watchings.filter(one => !one.stopped)).toHaveLength(1);
    });

    it('is not written by one that slept past its lease', async () => {
      const { knex, rows } = await open();
      const { position, artifactId } = await rows.release('ledger-api');
      const cluster = new TestCluster();
      cluster.run('ledger-api', position, artifactId);
      serve(knex, cluster, { leaseTtlMs: 60_000 });
      await until(async () => (await stateOf(knex)) === 'reconciled applied');
      // Somebody else took it; it renews, and learns of that, in 20 s only.
      await knex('leases').update({ holder: 'other', epoch: 9 });
      const { watching } = cluster;
      watching.apply(deployment({ name: 'ledger-api', artifactId: 'other' }));
      await until(() => watching.stopped);
      expect(await stateOf(knex)).toBe('reconciled applied');
      expect(await knex('leases').where({ holder: 'other' })).toHaveLength(2);
    });

    it('is not told of its links by one that slept past its lease', async () => {
      const { knex } = await open();
      const cluster = new TestCluster();
      cluster.apply(link({ target: 'gcp-prod-1' }));
      serve(knex, cluster, { leaseTtlMs: 60_000 });
      const targets = () => knex('cluster_links').pluck('target');
      await until(async () => (await targets()).length === 1);
      await knex('leases').update({ holder: 'other', epoch: 9 });
      cluster.apply(link({ target: 'az-prod-1' }));
      await until(() => cluster.watching.stopped);
      expect(await targets()).toEqual(['gcp-prod-1']);
    });
  });
});
