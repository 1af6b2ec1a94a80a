import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  decodeLinkMatrix,
  GroundControlClient,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { NOW, startServer, TestServer } from '../__testUtils__/startServer';
import { TestClusters } from '../__testUtils__/TestClusters';
import { countChanges } from '../latency/store/changes';
import { LINK_TABLES } from '../links/store';
import { readOpenApi } from './openApiRouter';

const at = (secondsAgo: number) => Date.parse(NOW) - secondsAgo * 1_000;
const iso = (secondsAgo: number) => new Date(at(secondsAgo)).toISOString();
const WINDOW = JSON.stringify([590, 10, [31.5, 0], [60, 1], null]);
const EMPTY = JSON.stringify([0, 0, null, null, null]);

async function fill(knex: Knex) {
  const clusters = new TestClusters(knex, iso(5));
  await clusters.cluster({
    name: 'aws-1',
    environment: 'prod',
    row: { provider: 'aws', region: 'eu-west-1' },
  });
  await clusters.cluster({ name: 'quiet', row: { role: 'platform' } });
  const source = (name: string, more: object) => ({
    source: name,
    ordinal: 0,
    label: `probe of ${name}`,
    interval_ms: 5_000,
    state: 'fresh',
    reason: null,
    since: at(3_600),
    read_until: null,
    ...more,
  });
  await knex('latency_sources').insert([
    source('a', {}),
    source('b', { state: 'unreachable', reason: 'It refuses connections' }),
  ]);
  await knex('latency_clusters').insert([
    { cluster: 'aws-1', source: 'a', provider: 'amazon', heard_at: at(3) },
    { cluster: 'gcp-1', source: 'b', provider: 'gcp', heard_at: at(360) },
  ]);
  const pair = (from: string, to: string, more: object) => ({
    from_cluster: from,
    to_cluster: to,
    source: from === 'aws-1' ? 'a' : 'b',
    probe: 'gateway /ready, every 3 s',
    interval_ms: 3_000,
    loss_at_least: false,
    to_provider: 'azure',
    linked: true,
    state: 'normal',
    code: 'as-usual',
    since: at(600),
    sampled_at: at(4),
    last_success_at: at(4),
    window_5m: WINDOW,
    window_1h: WINDOW,
    window_24h: EMPTY,
    window_7d: EMPTY,
    baselines: JSON.stringify([[28, 30, 33], null, null]),
    ...more,
  });
  await knex('latency_pairs').insert([
    pair('aws-1', 'gcp-1', {}),
    pair('aws-1', 'azure-1', {
      state: 'down',
      code: 'all-lost',
      loss_at_least: true,
    }),
    pair('aws-1', 'old', { linked: false }),
    pair('gcp-1', 'aws-1', {}),
  ]);
  await countChanges(knex, ['aws-1', 'gcp-1']);
  await knex('latency_failures').insert({
    from_cluster: 'aws-1',
    to_cluster: 'azure-1',
    failures: JSON.stringify([
      { at: at(9), result: 'refused', reason: 'The connection was refused' },
    ]),
  });
}

describe.each(createTestDatabases().eachSupportedId())('links on %s', id => {
  const databases = createTestDatabases();
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(readOpenApi() as object, 'api');
  let knex: Knex;
  let server: TestServer;

  beforeAll(async () => {
    knex = await databases.init(id as 'SQLITE_3');
    await migrate(knex);
    await fill(knex);
    server = await startServer({ knex });
  });

  async function get(path: string, schema: string) {
    const { status, body } = await server.get(path);
    expect([status, body.error]).toEqual([200, undefined]);
    ajv.validate({ $ref: `api#/components/schemas/${schema}` }, body);
    expect(ajv.errorsText()).toBe('No errors');
    return schema === 'LinkMatrix' ? decodeLinkMatrix(body) : body;
  }

  it('answers the matrix, in the configured order', async () => {
    const matrix = await get('/v1/links?percentile=p50', 'LinkMatrix');
    expect(matrix).toMatchObject({
      asOf: NOW,
      window: '5m',
      percentile: 'p50',
    });
    expect(matrix.clusters).toEqual([
      {
        name: 'aws-1',
        provider: 'aws',
        region: 'eu-west-1',
        environment: 'prod',
        source: { state: 'fresh', sampledAt: iso(3), reason: null },
      },
      expect.objectContaining({
        name: 'quiet',
        role: 'platform',
        source: { state: 'none', sampledAt: null, reason: null },
      }),
      expect.objectContaining({
        name: 'gcp-1',
        provider: 'gcp',
        source: {
          state: 'unreachable',
          sampledAt: iso(360),
          reason: 'It refuses connections',
        },
      }),
      expect.objectContaining({ name: 'azure-1', provider: 'azure' }),
    ]);
    expect(matrix.cells).toEqual([
      {
        from: 'aws-1',
        to: 'gcp-1',
        state: 'normal',
        code: 'as-usual',
        since: iso(600),
        valueMs: 31.5,
        approximate: false,
        enough: true,
        needed: 10,
        baselineMs: 30,
        loss: 10 / 600,
        lossAtLeast: false,
        samples: 600,
        sampledAt: iso(4),
        lastSuccessAt: iso(4),
        source: 'probe of a',
        probe: 'gateway /ready, every 3 s',
      },
      expect.objectContaining({
        to: 'azure-1',
        state: 'down',
        valueMs: null,
        lossAtLeast: true,
      }),
      expect.objectContaining({
        from: 'gcp-1',
        to: 'aws-1',
        state: 'stale',
        code: 'source-unreachable',
        since: iso(360),
        valueMs: 31.5,
      }),
    ]);
  });

  it('has no percentile of too few samples, and says how many it needs', async () => {
    const cellOf = async (query: string) =>
      (await get(`/v1/links?${query}`, 'LinkMatrix')).cells[0];
    expect(await cellOf('window=1h&percentile=p95')).toMatchObject({
      valueMs: 60,
      approximate: true,
      enough: true,
      needed: 100,
      baselineMs: null,
    });
    expect(await cellOf('window=1h&percentile=p99')).toMatchObject({
      valueMs: null,
      enough: true,
      needed: 500,
    });
    expect(await cellOf('window=24h')).toMatchObject({
      valueMs: null,
      enough: false,
      loss: null,
      samples: 0,
    });
  });

  it('answers one link, the way back, and why probes were lost', async () => {
    const pair = await get('/v1/links/aws-1/azure-1?window=24h', 'LinkPair');
    expect(pair).toMatchObject({ stepSeconds: 300, reverse: null, points: [] });
    expect(pair.failures).toEqual([
      {
        at: iso(9),
        result: 'refused',
        reason: 'The connection was refused',
      },
    ]);
    expect(Object.keys(pair.cells)).toEqual(['5m', '1h', '24h', '7d']);
    const other = await get('/v1/links/aws-1/gcp-1', 'LinkPair');
    expect(other.reverse).toMatchObject({ from: 'gcp-1', state: 'stale' });
    const gone = await get('/v1/links/aws-1/old', 'LinkPair');
    expect(gone.cells['5m'].state).toBe('not-linked');
  });

  it.each([
    ['/v1/links?window=5min', 'window: must be one of 5m, 1h, 24h, 7d'],
    ['/v1/links?percentile=p90', 'percentile: must be one of p50, p95, p99'],
    ['/v1/links/a%00b/c', 'may not contain the character NUL'],
  ])('refuses %s', async (path, why) => {
    const { status, body } = await server.get(path);
    expect(status).toBe(400);
    expect(body.error.message).toContain(why);
  });

  it.each(['/v1/links/aws-1/quiet', '/v1/links/x/y', '/v1/links/%25/..%2f'])(
    'has no link %s',
    async path => {
      const { status, body } = await server.get(path);
      expect([status, body.error.name]).toEqual([404, 'NotFoundError']);
    },
  );

  it('answers shortly when nothing changed, and grows old by itself', async () => {
    const first = await server.get('/v1/links');
    const again = () =>
      server.get('/v1/links', { 'If-None-Match': first.headers.etag });
    server.now = new Date(Date.parse(NOW) + 1_000);
    expect((await again()).status).toBe(304);
    server.now = new Date(Date.parse(NOW) + 88_000);
    const old = await again();
    expect(old.status).toBe(200);
    expect(decodeLinkMatrix(old.body).cells.map(({ state }) => state)).toEqual([
      'stale',
      'stale',
      'stale',
    ]);
    server.now = new Date(NOW);
    expect((await again()).status).toBe(304);
  });

  it('says what clusters say of a link, and of whom they trust', async () => {
    const root = (fingerprint: string, days: number) => ({
      fingerprint: fingerprint.repeat(64),
      subject: 'CN=root',
      notAfter: iso(-days * 86_400),
    });
    const trusting = (cluster: string, ...roots: object[]) => ({
      cluster,
      roots: JSON.stringify(roots),
    });
    const at5 = { observed_at: at(5) };
    await knex('link_watch').insert({
      cluster: 'aws-1',
      links_known: true,
      services_known: true,
      ingresses_known: false,
      ...at5,
    });
    await knex('cluster_links').insert({
      cluster: 'aws-1',
      target: 'gcp-1',
      namespace: 'linkerd-multicluster',
      gateway: JSON.stringify(['gateway.gcp-1.example']),
      ...at5,
    });
    await knex('mirrored_services').insert({
      cluster: 'aws-1',
      target: 'gcp-1',
      namespace: 'payments',
      name: 'fx-api-gcp-1',
      service: 'fx-api',
      service_namespace: 'payments',
      state: 'failing',
      reason: 'InvalidService',
    });
    await knex('cluster_trust').insert([
      trusting('aws-1', root('a', 400), root('b', 12)),
      trusting('gcp-1', root('b', 12)),
      trusting('azure-1', root('c', 400)),
    ]);
    const { trust } = await get('/v1/links', 'LinkMatrix');
    expect(trust).toEqual([
      {
        from: 'aws-1',
        to: 'gcp-1',
        trust: 'expiring',
        endsAt: iso(-12 * 86_400),
      },
      { from: 'aws-1', to: 'azure-1', trust: 'different', endsAt: null },
      {
        from: 'gcp-1',
        to: 'aws-1',
        trust: 'expiring',
        endsAt: iso(-12 * 86_400),
      },
    ]);
    const { link } = await get('/v1/links/aws-1/gcp-1', 'LinkPair');
    expect(link).toEqual({
      from: 'aws-1',
      to: 'gcp-1',
      gateway: ['gateway.gcp-1.example'],
      gatewayPort: null,
      gatewayIdentity: null,
      probePeriod: null,
      mirrored: [
        {
          name: 'fx-api-gcp-1',
          namespace: 'payments',
          service: 'fx-api',
          serviceNamespace: 'payments',
          state: 'failing',
          reason: 'InvalidService',
          message: null,
        },
      ],
      trust: 'expiring',
      trustEndsAt: iso(-12 * 86_400),
      fromRoots: [root('a', 400), root('b', 12)],
      toRoots: [root('b', 12)],
      observedAt: iso(5),
    });
    const back = await get('/v1/links/gcp-1/aws-1', 'LinkPair');
    expect(back.link).toBeNull();
    for (const table of LINK_TABLES) await knex(table).delete();
  });

  it('is what the client speaks, and asks who is there', async () => {
    const client = new GroundControlClient({
      baseUrl: '',
      fetchApi: {
        fetch: async url => {
          const { body, status } = await server.get(String(url));
          return new Response(JSON.stringify(body), { status });
        },
      },
      toError: async response => new Error(await response.text()),
    });
    const { from, to } = (await client.getLinkMatrix({ window: '1h' }))
      .cells[0];
    expect(await client.getLinkPair({ from, to })).toMatchObject({ from, to });
    for (const path of ['/v1/links', '/v1/links/aws-1/azure-1']) {
      const authorization = mockCredentials.none.header();
      expect((await server.get(path, { authorization })).status).toBe(401);
    }
  });

  it('is for those who may read clusters', async () => {
    const refused = await startServer({
      knex,
      features: [
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    });
    for (const path of ['/v1/links', '/v1/links/aws-1/gcp-1']) {
      const { status, body } = await refused.get(path);
      expect([status, body.error.name]).toEqual([403, 'NotAllowedError']);
    }
  });
});
