import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  EntriesRepository,
  GatewayEntries,
  GroundControlClient,
  RepositoryStatus,
  serviceReadPermission,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { startRouter, TestRouter } from '../__testUtils__/startRouter';
import { TestClusters } from '../__testUtils__/TestClusters';
import { createPair } from '../latency/book/createPair';
import { writePairs } from '../latency/store/writePairs';
import { readEntriesFile } from '../links/entries/file/readEntriesFile';
import { writeEntries } from '../links/entries/store/writeEntries';
import {
  AccessService,
  createGroundControlConditionalDecision,
  groundControlConditions,
  serviceRules,
} from '../permissions';
import { readOpenApi } from './openApiRouter';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const FILE = `targets:
  - hostName: credit-bureau
    dnsName: credit-bureau.a.run.app
    environment: gcp-1
    squad: maxus
  - hostName: fx-feed
    dnsName: fx-feed.a.run.app
    environment: gcp-1
    squad: nasa
ingress:
  - { service: rates, namespace: prod, cluster: gcp-1, squad: nasa, port: 80 }
  - { service: ledger, namespace: pay, cluster: aws-1, squad: maxus, port: 80 }
  - { service: nobody, namespace: pay, cluster: aws-1, squad: maxus, port: 80 }
  - { service: ledger, namespace: pay, cluster: aws-1, port: 80 }
`;

async function fill(knex: Knex) {
  const clusters = new TestClusters(knex, NOW.toISOString());
  const known = {
    links_known: true,
    services_known: true,
    ingresses_known: true,
  };
  for (const name of ['aws-1', 'gcp-1']) {
    await clusters.cluster({ name, environment: 'prod' });
    await knex('link_watch').insert({ cluster: name, ...known });
  }
  await knex('cluster_links').insert({
    cluster: 'aws-1',
    target: 'gcp-1',
    namespace: 'linkerd-multicluster',
    gateway: '[]',
    observed_at: 0,
  });
  const exported = (service: string, managed: boolean) => ({
    cluster: 'gcp-1',
    namespace: 'backbone-gateway',
    service,
    ports: '[80]',
    external_name: `${service}.a.run.app`,
    managed_by_gateway: managed,
  });
  await knex('exported_services').insert([
    exported('credit-bureau', true),
    exported('legacy', true),
    exported('somebody', false),
  ]);
  const mirrored = (service: string) => ({
    cluster: 'aws-1',
    namespace: 'backbone-gateway',
    name: `${service}-gcp-1`,
    target: 'gcp-1',
    service,
    service_namespace: 'backbone-gateway',
    state: 'mirrored',
  });
  await knex('mirrored_services').insert([
    mirrored('credit-bureau'),
    mirrored('legacy'),
  ]);
  const ingress = (name: string, cluster: string, namespace: string) => ({
    cluster,
    namespace,
    name,
    service: name,
    port: 80,
    hosts: `["${name}.${cluster}.bank.example"]`,
    managed_by_gateway: true,
    certificate: 'not-ready',
    certificate_message: 'waiting for DNS',
  });
  await knex('cluster_ingresses').insert([
    ingress('ledger', 'aws-1', 'pay'),
    ingress('ledger', 'gcp-1', 'pay'),
  ]);
  const at = NOW.getTime();
  await knex('latency_sources').insert({
    source: 's',
    ordinal: 0,
    label: 'probe',
    interval_ms: 5_000,
    state: 'fresh',
    since: at,
  });
  await knex('latency_clusters').insert({
    cluster: 'aws-1',
    source: 's',
    heard_at: at,
  });
  const pair = createPair({ from: 'aws-1', to: 'gcp-1', sourceId: 's' }, at);
  await writePairs(knex, [{ ...pair, state: 'normal', linked: true }], at);
  const service = (name: string, namespace: string, squad: string) => ({
    repository: 'default',
    namespace,
    service: name,
    squad_ref: `group:default/${squad}`,
    squad_source: 'catalog',
    entity_ref: `component:default/${name}`,
    in_repository: true,
    in_catalog: true,
  });
  await knex('services').insert([
    // It runs in a namespace that is named as the environment.
    service('rates', '', 'nasa'),
    service('ledger', 'pay', 'maxus'),
  ]);
  await knex('squads').insert(
    ['maxus', 'nasa'].map(name => ({
      squad_ref: `group:default/${name}`,
      title: name,
      leads: '[]',
      observed_at: at,
    })),
  );
  const file = readEntriesFile(Buffer.from(FILE), {
    namespace: 'backbone-gateway',
  });
  await writeEntries(
    knex,
    'default',
    { ...file, path: 'shuttle.yaml', revision: 'c'.repeat(40) },
    at,
  );
}

describe.each(createTestDatabases().eachSupportedId())(
  'entries of the gateway on %s',
  id => {
    const databases = createTestDatabases();
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(readOpenApi() as object, 'api');
    let knex: Knex;
    let router: TestRouter;
    let now = NOW;
    let services: PolicyDecision;
    let clusters: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
    let mayReadRepository: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
    let elsewhere: EntriesRepository | undefined;

    beforeAll(async () => {
      knex = await databases.init(id as 'SQLITE_3');
      await migrate(knex);
      await fill(knex);
      const access = new AccessService({
        permissions: mockServices.permissions.mock({
          authorizeConditional: async () => [
            services,
            { result: mayReadRepository },
            { result: clusters },
          ],
        }),
        permissionsRegistry: mockServices.permissionsRegistry.mock({
          getPermissionRuleset: () =>
            ({
              getRuleByName: (name: string) =>
                Object.values(serviceRules).find(rule => rule.name === name),
            } as any),
        }),
      });
      router = await startRouter({
        knex,
        settings: {
          repository: 'default',
          environments: ['dev', 'prod'],
          mainBranch: 'master',
          links: [],
          catalogIntervalMs: 0,
        },
        access,
        userInfo: mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/ana.ruiz',
            ownershipEntityRefs: ['group:default/Maxus'],
          }),
        }),
        readEntriesRepository: async () => elsewhere!,
        platformEngineers: 'group:default/platform-engineers',
        now: () => now,
      });
    });
    afterAll(() => router.stop());

    beforeEach(() => {
      now = NOW;
      services = { result: AuthorizeResult.ALLOW };
      clusters = AuthorizeResult.ALLOW;
      mayReadRepository = AuthorizeResult.ALLOW;
      elsewhere = undefined;
    });

    async function get(query = ''): Promise<GatewayEntries> {
      const { status, body } = await router.get(`/v1/gateway-entries${query}`);
      expect([status, body.error]).toEqual([200, undefined]);
      ajv.validate({ $ref: 'api#/components/schemas/GatewayEntries' }, body);
      expect(ajv.errorsText()).toBe('No errors');
      return body;
    }
    const list = async (query = '') =>
      (await get(query)).entries.map(
        ({ name, state, turn }) => `${name} ${state} ${turn}`,
      );

    it('answers what is declared, what became of it, and what is wrong', async () => {
      const { entries, ...rest } = await get('?squad=all');
      expect(rest).toEqual({
        asOf: NOW.toISOString(),
        path: 'shuttle.yaml',
        revision: 'c'.repeat(40),
        platformEngineers: 'group:default/platform-engineers',
        problems: [
          {
            line: 14,
            message: expect.stringMatching(/^The key squad is missing; write/),
          },
        ],
      });
      expect(
        entries.map(entry => `${entry.name} ${entry.state} ${entry.turn}`),
      ).toEqual([
        'credit-bureau in-order null',
        'fx-feed not-live nasa',
        'rates not-live nasa',
        'ledger not-live platform',
        'nobody not-live maxus',
        'legacy not-declared platform',
        'ledger not-declared platform',
      ]);
      expect(entries[0]).toMatchObject({
        line: 2,
        address:
          'http://credit-bureau-gcp-1.backbone-gateway.svc.cluster.local',
        live: { code: 'mirrored-in', params: { clusters: 'aws-1', count: 1 } },
        links: [{ from: 'aws-1', to: 'gcp-1', state: 'normal' }],
      });
    });

    it.each([
      ['', ['credit-bureau', 'ledger', 'nobody']],
      ['?squad=mine', ['credit-bureau', 'ledger', 'nobody']],
      ['?squad=group:default/nasa', ['fx-feed', 'rates']],
      ['?squad=nasa,x', ['fx-feed', 'rates']],
      ['?squad=x', []],
      ['?entity=component:default/rates', ['rates']],
      ['?entity=ledger', ['ledger', 'ledger']],
      ['?entity=ledger&squad=nasa', []],
      ['?entity=component:default/credit-bureau', []],
      ['?squad=all&to=aws-1', ['ledger', 'nobody']],
      [
        '?squad=all&from=aws-1&to=gcp-1',
        // The second isn't mirrored yet; ledger's Ingress is called from outside.
        ['credit-bureau', 'fx-feed', 'legacy'],
      ],
      ['?squad=all&from=gcp-1&to=gcp-1', []],
      ['?from=aws-1', ['credit-bureau']],
    ])('filters by %j', async (query, expected) => {
      const { entries } = await get(query);
      expect(entries.map(({ name }) => name)).toEqual(expected);
    });

    it('says whose each is, also without an entry, where the catalog knows it', async () => {
      const owners = async () =>
        (await get('?squad=all')).entries.map(({ name, owner }) => [
          name,
          owner,
        ]);
      expect(await owners()).toEqual([
        ['credit-bureau', 'group:default/maxus'],
        ['fx-feed', 'group:default/nasa'],
        ['rates', 'group:default/nasa'],
        ['ledger', 'group:default/maxus'],
        ['nobody', 'group:default/maxus'],
        ['legacy', null],
        ['ledger', 'group:default/maxus'],
      ]);
      const nasa = { squad_ref: 'group:default/nasa' };
      const row = await knex('squads').where(nasa).first();
      await knex('squads').where(nasa).delete();
      try {
        expect((await owners()).slice(1, 3)).toEqual([
          ['fx-feed', null],
          ['rates', null],
        ]);
      } finally {
        await knex('squads').insert(row);
      }
    });

    it('shows an ingress to those who may see its service', async () => {
      services = createGroundControlConditionalDecision(
        serviceReadPermission,
        groundControlConditions.hasSquad({ squads: ['group:default/nasa'] }),
      );
      expect(await list('?squad=all')).toEqual([
        'credit-bureau in-order null',
        'fx-feed not-live nasa',
        'rates not-live nasa',
        'legacy not-declared platform',
      ]);
      expect(await list('?entity=ledger')).toEqual([]);
      services = { result: AuthorizeResult.DENY };
      expect(await list('?squad=nasa')).toEqual(['fx-feed not-live nasa']);
      expect(await list('?entity=rates')).toEqual([]);
    });

    it('is for those who may read clusters, and are signed in', async () => {
      clusters = AuthorizeResult.DENY;
      const refused = await router.get('/v1/gateway-entries');
      expect([refused.status, refused.body.error.name]).toEqual([
        403,
        'NotAllowedError',
      ]);
      const none = await router.get(
        '/v1/gateway-entries',
        mockCredentials.none.header(),
      );
      expect(none.status).toBe(401);
    });

    it.each([
      ['?squad=', 'squad: '],
      ['?entity=a%00b', 'may not contain the character NUL'],
      ['?entity=a&entity=b', 'may be given once only'],
      ['?from=a&from=b', 'may be given once only'],
    ])('refuses %j', async (query, why) => {
      const { status, body } = await router.get(`/v1/gateway-entries${query}`);
      expect(status).toBe(400);
      expect(body.error.message).toContain(why);
    });

    it('says how a repository of their own is read, and why to those who may read it', async () => {
      const status: RepositoryStatus = {
        state: 'unreachable',
        branch: 'main',
        observedAt: NOW.toISOString(),
        reason: 'It can’t be reached.',
      };
      elsewhere = { name: 'https://git.example/gateway.git', status };
      expect((await get()).repository).toEqual(elsewhere);
      mayReadRepository = AuthorizeResult.DENY;
      const { reason, ...others } = status;
      expect((await get()).repository).toEqual({
        ...elsewhere,
        status: others,
      });
    });

    it('says that it is not known any more, when clusters fall silent', async () => {
      now = new Date(NOW.getTime() + 31_000);
      expect(await list()).toEqual([
        'credit-bureau unknown platform',
        'ledger unknown platform',
        'nobody unknown platform',
      ]);
    });

    it('answers shortly when nothing changed, and is what the client speaks', async () => {
      const first = await router.get('/v1/gateway-entries');
      now = new Date(NOW.getTime() + 1_000);
      const again = await router
        .get('/v1/gateway-entries')
        .set('If-None-Match', first.headers.etag);
      expect(again.status).toBe(304);
      const client = new GroundControlClient({
        baseUrl: '',
        fetchApi: {
          fetch: async url => {
            const { body, status } = await router.get(String(url));
            return new Response(JSON.stringify(body), { status });
          },
        },
        toError: async response => new Error(await response.text()),
      });
      const { entries } = await client.getGatewayEntries({ squad: ['nasa'] });
      expect(entries).toHaveLength(2);
    });

    it('says nothing of entries before the file was read', async () => {
      await knex('gateway_entries').delete();
      await knex('gateway_files').delete();
      const found = await get('?squad=all');
      expect(found).toMatchObject({ path: null, revision: null, problems: [] });
      expect(found.entries.map(({ name, state }) => [name, state])).toEqual([
        ['credit-bureau', 'unknown'],
        ['legacy', 'unknown'],
        ['ledger', 'unknown'],
        ['ledger', 'unknown'],
      ]);
      expect(found.entries[0].declared).toMatchObject({
        code: 'file-not-read',
      });
    });
  },
);
