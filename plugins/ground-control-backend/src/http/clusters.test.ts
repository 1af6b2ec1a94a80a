import { decodeBoard } from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { NOW, startServer, TestServer } from '../__testUtils__/startServer';
import { TestClusters } from '../__testUtils__/TestClusters';
import { TestHistory } from '../__testUtils__/TestHistory';
import { readOpenApi } from './openApiRouter';

const NONE = {
  failed: 0,
  drifted: 0,
  suspended: 0,
  unknown: 0,
  stale: 0,
  'rolling-out': 0,
  pending: 0,
  reconciled: 0,
};
const ago = (seconds: number) =>
  new Date(Date.parse(NOW) - seconds * 1000).toISOString();
const ROUTING = {
  annotations: [{ key: 'a/weight', value: '100' }],
  dryRun: false,
};
/** What fails to apply more in prod-2. */
const BLOCKER = {
  kind: 'Kustomization',
  namespace: 'flux-system',
  name: 'b-api',
  why: 'health check failed',
};
const revisionOf = (position: number) =>
  position.toString(16).padStart(40, 'c');

/**
 * Two clusters of prod and one of each other environment; one carries none.
 * Services: a-api everywhere, b-api in prod, c-api in dev and, since the last
 * commit, in prod.
 */
async function fill(knex: Knex) {
  const history = new TestHistory(knex);
  await history.release({ service: 'a-api', environment: ['dev', 'prod'] });
  await history.release({ service: 'b-api', environment: 'prod' });
  await history.release({ service: 'c-api', environment: 'dev' });
  await history.release({ service: 'gone-api', environment: 'prod' });
  await history.release({
    service: 'gone-api',
    environment: 'prod',
    intent: 'removed',
  });
  await history.release({ service: 'c-api', environment: 'prod' });
  await knex('services').insert(
    ['a-api', 'b-api', 'c-api'].map(service => ({
      repository: 'default',
      namespace: 'payments',
      service,
      squad_source: 'none',
      in_repository: true,
      in_catalog: false,
    })),
  );
  await knex('repositories').insert({
    repository: 'default',
    url_hash: '',
    branch: 'master',
    position: 6,
  });

  const clusters = new TestClusters(knex, ago(5));
  await clusters.cluster({
    name: 'prod-2',
    environment: 'prod',
    since: ago(600),
    row: {
      provider: 'gcp',
      region: 'europe-west1',
      last_event_at: Date.parse(ago(60)),
      entity_ref: 'resource:default/prod-2',
      instance: 'uid-2',
      identity: 'prod-2',
      identity_state: 'confirmed',
      kubernetes_version: 'v1.33.4',
      flux_version: 'v2.6.1',
      nodes_ready: 3,
      nodes_total: 4,
      containers: 0,
      source_revision: revisionOf(5),
      applied_revision: revisionOf(4),
      unapplied: 1,
      applied_blocker: JSON.stringify(BLOCKER),
      routing: JSON.stringify(ROUTING),
      kinds: JSON.stringify([
        {
          id: 'kustomizations',
          kind: 'kustomizations.kustomize.toolkit.fluxcd.io',
          state: 'live',
          objects: 2,
          observedAt: Date.parse(ago(5)),
        },
        {
          id: 'fluxReports',
          kind: 'fluxreports.fluxcd.controlplane.io',
          state: 'absent',
          objects: 0,
        },
      ]),
    },
  });
  await clusters.cluster({ name: 'dev-1', environment: 'dev' });
  await clusters.cluster({
    name: 'prod-1',
    environment: 'prod',
    connection: 'unreachable',
    reason: 'connect ECONNREFUSED 10.1.2.3:6443',
    since: ago(3600),
    observedAt: ago(4000),
    row: {
      source_revision: 'f'.repeat(40),
      applied_revision: 'e'.repeat(40),
      instance: 'uid-1',
    },
  });
  await clusters.cluster({
    name: 'platform',
    environment: 'platform',
    row: {
      role: 'platform',
      source_revision: revisionOf(6),
      applied_revision: revisionOf(6),
      source_suspended: true,
    },
  });
  const of = (cluster: string, environment: string) => ({
    cluster,
    environment,
  });
  await clusters.judge({
    ...of('prod-2', 'prod'),
    service: 'a-api',
    position: 1,
    state: 'reconciled',
    reason: 'applied',
    row: {
      running_artifact_id: 'x',
      replicas_ready: 2,
      replicas_desired: 2,
      drift_corrected_at: Date.parse(ago(90)),
    },
  });
  await clusters.judge({
    ...of('prod-2', 'prod'),
    service: 'b-api',
    position: 2,
    state: 'failed',
    reason: 'dependency-not-ready',
    message: 'dependency is not ready',
    since: ago(500),
    blockedBy: {
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'infrastructure',
      why: 'suspended',
    },
  });
  await clusters.judge({
    ...of('prod-1', 'prod'),
    service: 'a-api',
    position: 1,
    state: 'reconciled',
    since: ago(9000),
    row: { running_artifact_id: 'x' },
  });
  // Left from when the cluster carried dev.
  await clusters.judge({
    ...of('prod-2', 'dev'),
    service: 'a-api',
    position: 1,
    state: 'failed',
  });
  await clusters.judge({
    ...of('dev-1', 'dev'),
    service: 'a-api',
    position: 1,
    state: 'rolling-out',
    reason: 'progressing',
  });
  await clusters.judge({
    ...of('dev-1', 'dev'),
    service: 'c-api',
    position: 2,
    state: 'reconciled',
  });
  await knex('cluster_recoveries').insert([
    {
      cluster: 'prod-1',
      started_at: Date.parse(ago(90_000)),
      api_reachable_at: Date.parse(ago(89_000)),
      all_ready_at: Date.parse(ago(86_500)),
      ready: 1,
      total: 2,
    },
    {
      cluster: 'prod-1',
      started_at: Date.parse(ago(4000)),
      api_reachable_at: Date.parse(ago(3900)),
      ready: 1,
      total: 2,
    },
  ]);
}

describe.each(createTestDatabases().eachSupportedId())('Clusters, %s', id => {
  const databases = createTestDatabases();
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(readOpenApi() as object, 'api');
  let knex: Knex;
  let server: TestServer;

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    await fill(knex);
    server = await startServer({ knex });
  });
  afterEach(() => {
    server.now = new Date(NOW);
  });

  /** The answer, checked against its schema. */
  async function get(path: string, schema: string) {
    const response = await server.get(path);
    expect(response.body.error).toBeUndefined();
    ajv.validate({ $ref: `api#/components/schemas/${schema}` }, response.body);
    expect([path, ajv.errorsText()]).toEqual([path, 'No errors']);
    return response.body;
  }
  const getBoard = async () =>
    decodeBoard(await get('/v1/board', 'EncodedBoard'));

  it('gives boards the clusters that carry an environment', async () => {
    const board = await getBoard();
    expect(board.clusters).toEqual([
      {
        name: 'prod-2',
        environment: 'prod',
        provider: 'gcp',
        region: 'europe-west1',
        connection: {
          state: 'live',
          since: ago(600),
          observedAt: ago(5),
          lastEventAt: ago(60),
        },
      },
      expect.objectContaining({ name: 'dev-1' }),
      {
        name: 'prod-1',
        environment: 'prod',
        connection: {
          state: 'unreachable',
          reason: 'connect ECONNREFUSED 10.1.2.3:6443',
          since: ago(3600),
          observedAt: ago(4000),
        },
      },
    ]);
  });

  it('tells which releases of a board are blocked', async () => {
    const { rows } = await getBoard();
    expect(
      rows.flatMap(row =>
        row.cells.some(cell => cell.blocked) ? row.service.name : [],
      ),
    ).toEqual(['b-api']);
  });

  it('sums an environment up by the worst of its clusters', async () => {
    const { rows } = await getBoard();
    expect(
      rows.map(row => [
        row.service.name,
        ...row.cells.map(
          cell => `${cell.state}: ${cell.clusters?.join(' ') ?? 'none'}`,
        ),
      ]),
    ).toEqual([
      [
        'a-api',
        'rolling-out: rolling-out',
        'not-released: none',
        'stale: reconciled stale',
      ],
      [
        'b-api',
        'not-released: none',
        'not-released: none',
        'failed: failed stale',
      ],
      [
        'c-api',
        'pending: pending',
        'not-released: none',
        'stale: pending stale',
      ],
    ]);
  });

  it('shows nothing as well once nobody watches', async () => {
    server.now = new Date(Date.parse(ago(5)) + 30_001);
    const { clusters, rows } = await getBoard();
    expect(clusters.map(cluster => cluster.connection.state)).toEqual([
      'stale',
      'stale',
      'unreachable',
    ]);
    expect(clusters[0].connection).toMatchObject({
      reason: expect.stringContaining('Is the backend that watches it running'),
      observedAt: ago(5),
      since: new Date(Date.parse(ago(5)) + 30_000).toISOString(),
    });
    const released = rows.flatMap(row => row.cells.map(cell => cell.state));
    expect(new Set(released)).toEqual(new Set(['stale', 'not-released']));
  });

  it('says of a service how it stands in each cluster', async () => {
    const read = async (service: string) =>
      (await get(`/v1/services/payments/${service}`, 'ServiceDetail'))
        .environments;
    const [dev, staging, prod] = await read('a-api');
    expect([dev, staging].map(one => one.clusters.length)).toEqual([1, 0]);
    expect(prod.clusters).toEqual([
      {
        cluster: 'prod-2',
        environment: 'prod',
        state: 'reconciled',
        reason: 'applied',
        since: ago(5),
        observedAt: ago(5),
        runningArtifactId: 'x',
        replicas: { ready: 2, desired: 2 },
        driftCorrectedAt: ago(90),
      },
      {
        cluster: 'prod-1',
        environment: 'prod',
        state: 'stale',
        reason: 'not-heard-of',
        message: 'When last heard of: reconciled.',
        since: ago(9000),
        observedAt: ago(4000),
        runningArtifactId: 'x',
      },
    ]);
    const [, , ofB] = await read('b-api');
    expect(ofB.clusters[0].blockedBy).toMatchObject({ why: 'suspended' });
    expect(ofB.clusters[1]).toMatchObject({ state: 'stale' });
    const [ofC, , newC] = await read('c-api');
    expect(ofC.clusters[0]).toMatchObject({
      state: 'pending',
      reason: 'waits-for-source',
      since: ofC.current.releasedAt,
    });
    expect(newC.clusters[0]).toMatchObject({ state: 'pending' });
    expect(newC.clusters[0].since).toBe(newC.current.releasedAt);
  });

  it('lists clusters with what they report', async () => {
    const { items } = await get('/v1/clusters', 'ClusterList');
    expect(items.map((item: any) => item.name)).toEqual([
      'prod-2',
      'dev-1',
      'prod-1',
      'platform',
    ]);
    expect(items[0]).toEqual({
      name: 'prod-2',
      provider: 'gcp',
      region: 'europe-west1',
      routing: ROUTING,
      environment: 'prod',
      entityRef: 'resource:default/prod-2',
      connection: expect.objectContaining({ state: 'live' }),
      identity: { state: 'confirmed', reported: 'prod-2' },
      kubernetesVersion: 'v1.33.4',
      fluxVersion: 'v2.6.1',
      nodes: { ready: 3, total: 4 },
      containers: 0,
      sync: {
        revision: revisionOf(4),
        position: 4,
        commitsBehind: 2,
        // The commit at position 5 was made at 08:05.
        secondsBehind: 4 * 3600 - 5 * 60,
        fetched: { revision: revisionOf(5), position: 5 },
        unapplied: 1,
        blockedBy: BLOCKER,
      },
      services: { ...NONE, failed: 1, pending: 1, reconciled: 1 },
    });
    const [, dev, down, platform] = items;
    expect(dev.sync).toEqual({});
    expect(dev.services).toEqual({ ...NONE, 'rolling-out': 1, pending: 1 });
    expect(down.services).toEqual({ ...NONE, stale: 3 });
    expect(down.sync).toEqual({
      revision: 'e'.repeat(40),
      fetched: { revision: 'f'.repeat(40) },
    });
    expect(down.recovery).toEqual({
      startedAt: ago(4000),
      apiReachableAt: ago(3900),
      ready: 1,
      total: 2,
    });
    expect(platform.routing).toBeUndefined();
    expect(platform).toMatchObject({ role: 'platform' });
    expect(platform.environment).toBeUndefined();
    expect(dev.role).toBeUndefined();
    expect(platform.services).toEqual(NONE);
    expect(platform.sync).toEqual({
      revision: revisionOf(6),
      position: 6,
      commitsBehind: 0,
      secondsBehind: 0,
      suspended: true,
    });
  });

  it('says when platform engineers were told that one can’t be read', async () => {
    const told = (cluster: string) => ({
      cluster,
      since: Date.parse(ago(500)),
      noted_at: Date.parse(ago(480)),
      told_at: Date.parse(ago(180)),
    });
    await knex('unread_clusters').insert([told('prod-2'), told('prod-1')]);
    const { items } = await get('/v1/clusters', 'ClusterList');
    // The one is read again since, which is told when it lasts.
    expect(
      items.map(({ connection: { state, toldAt } }: any) => [state, toldAt]),
    ).toEqual([
      ['live', undefined],
      [expect.any(String), undefined],
      [expect.not.stringMatching('live'), ago(180)],
      [expect.any(String), undefined],
    ]);
  });

  it('shows a cluster with what isn’t well in it', async () => {
    const detail = await get('/v1/clusters/prod-2', 'ClusterDetail');
    expect(
      detail.attention.map((one: any) => [one.service.name, one.state]),
    ).toEqual([
      ['b-api', 'failed'],
      ['c-api', 'pending'],
    ]);
    expect(detail.attention[0]).toMatchObject({
      cluster: 'prod-2',
      since: ago(500),
      message: 'dependency is not ready',
      blockedBy: { name: 'infrastructure' },
    });
    expect(detail.kinds).toEqual([
      {
        kind: 'kustomizations.kustomize.toolkit.fluxcd.io',
        state: 'live',
        objects: 2,
        observedAt: ago(5),
      },
      {
        kind: 'fluxreports.fluxcd.controlplane.io',
        state: 'absent',
        objects: 0,
      },
    ]);
    expect(detail.problems).toEqual([]);
    const down = await get('/v1/clusters/prod-1', 'ClusterDetail');
    expect(down.recoveries).toEqual([
      expect.objectContaining({ startedAt: ago(4000) }),
      {
        startedAt: ago(90_000),
        apiReachableAt: ago(89_000),
        allReadyAt: ago(86_500),
      },
    ]);
    expect(down.attention).toHaveLength(3);
    const platform = await get('/v1/clusters/platform', 'ClusterDetail');
    expect(platform.attention).toEqual([]);
  });

  it('tells of a cluster that is configured under two names', async () => {
    await knex('clusters')
      .where({ cluster: 'prod-1' })
      .update({ instance: 'uid-2' });
    const { problems } = await get('/v1/clusters/prod-2', 'ClusterDetail');
    await knex('clusters')
      .where({ cluster: 'prod-1' })
      .update({ instance: 'uid-1' });
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'cluster-configured-twice',
        message: expect.stringContaining('prod-2 and prod-1 answer as one'),
      }),
    ]);
  });

  it('has no cluster of another name', async () => {
    for (const name of ['prod', 'PROD-1', '%25', "x'--", '%2E%2E']) {
      const { status, body } = await server.get(`/v1/clusters/${name}`);
      expect([name, status, body.error.name]).toEqual([
        name,
        404,
        'NotFoundError',
      ]);
    }
    expect((await server.get('/v1/clusters/a%00b')).status).toBe(400);
  });

  it.each(['/v1/clusters', '/v1/clusters/dev-1', '/v1/board'])(
    'answers shortly when %s is as it was',
    async path => {
      const first = await server.get(path);
      server.now = new Date(Date.parse(NOW) + 100);
      const again = () =>
        server.get(path, { 'If-None-Match': first.headers.etag });
      const same = await again();
      expect([same.status, same.text]).toEqual([304, '']);
      await knex('clusters')
        .where({ cluster: 'dev-1' })
        .update({ connection: 'unauthorized' });
      expect((await again()).status).toBe(200);
      await knex('clusters')
        .where({ cluster: 'dev-1' })
        .update({ connection: 'live' });
    },
  );

  it('names at most 500 that aren’t well, and counts them all', async () => {
    const clusters = new TestClusters(knex, ago(5));
    await clusters.cluster({ name: 'staging-1', environment: 'staging' });
    const keys = Array.from({ length: 501 }, (_, i) => ({
      repository: 'default',
      namespace: 'many',
      service: `s-${i}`,
    }));
    const fillTable = async (table: string, more: object) => {
      for (let at = 0; at < keys.length; at += 50) {
        const some = keys.slice(at, at + 50);
        await knex(table).insert(some.map(key => ({ ...key, ...more })));
      }
    };
    await fillTable('services', {
      squad_source: 'none',
      in_repository: true,
      in_catalog: false,
    });
    await fillTable('service_environments', {
      environment: 'staging',
      position: 1,
      intent: 'promote',
      released_at: 1,
    });
    // The worst comes last in every other order.
    await clusters.judge({
      cluster: 'staging-1',
      environment: 'staging',
      namespace: 'many',
      service: 's-500',
      position: 1,
      state: 'drifted',
    });
    const detail = await get('/v1/clusters/staging-1', 'ClusterDetail');
    expect(detail.services).toEqual({ ...NONE, drifted: 1, pending: 500 });
    expect(detail.attention).toHaveLength(500);
    expect(detail.attention[0]).toMatchObject({
      service: { namespace: 'many', name: 's-500' },
      state: 'drifted',
    });
  });
});
