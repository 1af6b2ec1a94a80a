import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  GroundControlClient,
  LinkCalls,
  serviceReadPermission,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import {
  createTestAccess,
  TestDecisions,
} from '../__testUtils__/createTestAccess';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { startRouter, TestRouter } from '../__testUtils__/startRouter';
import { CallsWorld } from '../links/__testUtils__/CallsWorld';
import {
  createGroundControlConditionalDecision,
  groundControlConditions,
} from '../permissions';
import { readOpenApi } from './openApiRouter';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const MINUTE = 60_000;
const ago = (minutes: number) => NOW.getTime() - minutes * MINUTE;

describe.each(createTestDatabases().eachSupportedId())(
  'calls over links on %s',
  id => {
    const databases = createTestDatabases();
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(readOpenApi() as object, 'api');
    let knex: Knex;
    let world: CallsWorld;
    let router: TestRouter;
    let now = NOW;
    let decisions: TestDecisions;

    beforeAll(async () => {
      knex = await databases.init(id as 'SQLITE_3');
      await migrate(knex);
      world = new CallsWorld(knex, NOW.getTime());
      await world.fill();
      router = await startRouter({
        knex,
        settings: {
          repository: 'default',
          environments: ['dev', 'prod'],
          mainBranch: 'master',
          links: [],
          catalogIntervalMs: 0,
        },
        access: createTestAccess(() => decisions),
        userInfo: mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/ana.ruiz',
            ownershipEntityRefs: ['group:default/Maxus'],
          }),
        }),
        now: () => now,
      });
    });
    afterAll(() => router.stop());

    beforeEach(async () => {
      now = NOW;
      decisions = {
        services: { result: AuthorizeResult.ALLOW },
        clusters: AuthorizeResult.ALLOW,
      };
      await world.link('aws-1', 'gcp-1', 'normal');
      await knex('link_traffic').delete();
      await knex('link_traffic_sources').delete();
    });

    async function get(query = ''): Promise<LinkCalls> {
      const { status, body } = await router.get(`/v1/link-calls${query}`);
      expect([status, body.error]).toEqual([200, undefined]);
      ajv.validate({ $ref: 'api#/components/schemas/LinkCalls' }, body);
      expect(ajv.errorsText()).toBe('No errors');
      return body;
    }
    const say = ({ calls }: LinkCalls) =>
      calls.map(
        call =>
          `${call.caller?.name ?? call.squad} → ${
            call.callee?.name ?? `(${call.calleeName})`
          }: ${call.from} ${call.state} [${call.sources}]${
            call.affected ? ' affected' : ''
          }`,
      );

    it('tells what the catalog and entries say, and what is only said', async () => {
      await world.link('aws-1', 'gcp-1', 'high', ago(20));
      const answer = await get();
      expect(say(answer)).toEqual([
        'group:default/maxus → (bureau): aws-1 high [entry] affected',
        'cron → fx-api: aws-1 high [catalog]',
        'ledger → fx-api: aws-1 high [catalog]',
        'ledger → fx-api: az-1 normal [catalog]',
      ]);
      expect(answer).toMatchObject({
        asOf: NOW.toISOString(),
        window: '5m',
        percentile: 'p50',
        squads: ['group:default/maxus'],
        used: 1,
        bad: 1,
        trafficMissing: expect.stringContaining('groundControl.linkTraffic'),
      });
    });

    it('counts the calls that are made over bad links', async () => {
      await world.traffic({
        'aws-1 pay ledger': 1,
        'az-1 pay ledger': 2,
        'aws-1 prod cron': 9,
        'aws-1 kube prober': 3,
      });
      await world.link('aws-1', 'gcp-1', 'down', ago(20));
      const answer = await get('?squad=all');
      expect(say(answer)).toEqual([
        'cron → fx-api: aws-1 down [catalog,traffic] affected',
        'prober → fx-api: aws-1 down [traffic] affected',
        'ledger → fx-api: aws-1 down [catalog,traffic] affected',
        'group:default/maxus → (bureau): aws-1 down [entry] affected',
        'ledger → fx-api: az-1 normal [catalog,traffic]',
      ]);
      expect(answer).toMatchObject({
        squads: null,
        used: 5,
        bad: 4,
        trafficMissing: null,
      });
      expect(answer.calls[0]).toMatchObject({
        from: 'aws-1',
        to: 'gcp-1',
        caller: { namespace: '', name: 'cron' },
        squad: 'group:default/maxus',
        callee: { namespace: 'fx', name: 'fx-api' },
        calleeSquad: 'group:default/nasa',
        code: 'all-lost',
        since: new Date(ago(20)).toISOString(),
        valueMs: null,
        traffic: { requestsPerSecond: 9, errors: 0.1, p95Ms: 120 },
      });
    });

    it.each([
      ['?squad=mine', 4],
      ['?squad=nasa', 0],
      ['?squad=nasa,maxus', 4],
      ['?from=az-1', 1],
      ['?to=gcp-1', 4],
      ['?to=aws-1', 0],
      ['?entity=fx-api', 3],
      ['?entity=component:default/cron', 1],
      ['?entity=fx-api&squad=nasa', 0],
      ['?entity=fx-api&from=aws-1', 2],
    ])('filters by %j', async (query, count) => {
      expect((await get(query)).calls).toHaveLength(count);
    });

    it('shows the releases of both ends since shortly before', async () => {
      const first = Date.parse('2026-03-02T08:00:00.000Z');
      await world.traffic({ 'aws-1 pay ledger': 1 });
      // The first three commits came before; these are the fourth to the sixth.
      const release = (service: string, namespace: string, env: string) =>
        world.history.release({
          service,
          namespace,
          environment: env,
          number: 2,
        });
      await release('fx-api', 'fx', 'prod');
      await release('fx-api', 'fx', 'dev');
      await release('ledger', 'pay', 'prod');
      await world.link('aws-1', 'gcp-1', 'high', first + 18.5 * MINUTE);
      const { releases } = await get('?squad=all');
      expect(releases).toEqual([
        {
          namespace: 'pay',
          name: 'ledger',
          environment: 'prod',
          artifactId: expect.stringMatching(/^master-/),
          releasedAt: new Date(first + 6 * MINUTE).toISOString(),
        },
        expect.objectContaining({
          name: 'fx-api',
          environment: 'prod',
          releasedAt: new Date(first + 4 * MINUTE).toISOString(),
        }),
      ]);
      // Each service since its own link became unwell.
      await world.traffic({ 'aws-1 prod cron': 1, 'az-1 pay ledger': 1 });
      await world.link('az-1', 'gcp-1', 'high', first + MINUTE);
      const both = (await get('?squad=all')).releases;
      await world.link('az-1', 'gcp-1', 'normal');
      expect(both.map(({ name, releasedAt }) => [name, releasedAt])).toEqual(
        [
          ['ledger', 6],
          ['fx-api', 4],
          ['fx-api', 3],
          ['ledger', 1],
        ].map(([name, at]) => [
          name,
          new Date(first + Number(at) * MINUTE).toISOString(),
        ]),
      );
      await world.link('aws-1', 'gcp-1', 'normal');
      expect((await get('?squad=all')).releases).toEqual([]);
    });

    it('leaves out who calls and what is called that is not for the reader', async () => {
      await world.traffic({ 'aws-1 pay ledger': 1, 'aws-1 kube prober': 3 });
      const only = (squad: string) => {
        decisions.services = createGroundControlConditionalDecision(
          serviceReadPermission,
          groundControlConditions.hasSquad({
            squads: [`group:default/${squad}`],
          }),
        );
      };
      only('maxus');
      const mine = await get('?squad=all');
      expect(say(mine)).toEqual([
        'group:default/maxus → (bureau): aws-1 normal [entry]',
      ]);
      expect(mine).toMatchObject({ used: 1, bad: 0 });
      only('nasa');
      expect(say(await get('?squad=all'))).toEqual([]);
      decisions.services = { result: AuthorizeResult.DENY };
      expect(say(await get('?squad=all'))).toEqual([]);

      // Entries are for all to see, and so is the name of what they let in.
      const entry = {
        repository: 'default',
        id: 'ingress',
        kind: 'ingress',
        name: 'fx-api',
        namespace: 'fx',
        cluster: 'gcp-1',
        squad: 'nasa',
        line: 9,
        ordinal: 9,
      };
      await knex('gateway_entries').insert(entry);
      only('maxus');
      const { calls } = await get('?squad=all');
      await knex('gateway_entries').where({ id: 'ingress' }).delete();
      expect(calls[0]).toMatchObject({
        caller: { namespace: 'pay', name: 'ledger' },
        callee: null,
        calleeName: 'fx-api',
        calleeSquad: null,
      });
      expect(calls).toHaveLength(4);
    });

    it('forgets what was counted long ago, and says so', async () => {
      await world.traffic({ 'aws-1 pay ledger': 1 }, ago(14));
      const late = await get('?from=aws-1&entity=ledger');
      expect(say(late)).toEqual([
        'ledger → fx-api: aws-1 normal [catalog,traffic]',
      ]);
      expect(late.trafficMissing).toMatch(
        /^Prometheus eu: nothing was heard .* \(last 2 Mar 2026, 11:46 UTC\)$/,
      );
      expect(late.calls[0].traffic!.observedAt).toBe(
        new Date(ago(14)).toISOString(),
      );
      await world.traffic({ 'aws-1 pay ledger': 1 }, ago(16));
      expect(say(await get('?from=aws-1&entity=ledger'))).toEqual([
        'ledger → fx-api: aws-1 normal [catalog]',
      ]);
    });

    it('is for those who may read clusters, and are signed in', async () => {
      decisions.clusters = AuthorizeResult.DENY;
      const refused = await router.get('/v1/link-calls');
      expect([refused.status, refused.body.error.name]).toEqual([
        403,
        'NotAllowedError',
      ]);
      const none = await router.get(
        '/v1/link-calls',
        mockCredentials.none.header(),
      );
      expect(none.status).toBe(401);
    });

    it.each([
      ['?squad=', 'squad: '],
      ['?from=a%00b', 'may not contain the character NUL'],
      ['?entity=a&entity=b', 'may be given once only'],
    ])('refuses %j', async (query, why) => {
      const { status, body } = await router.get(`/v1/link-calls${query}`);
      expect(status).toBe(400);
      expect(body.error.message).toContain(why);
    });

    it('answers shortly when nothing changed, and is what the client speaks', async () => {
      const first = await router.get('/v1/link-calls');
      now = new Date(NOW.getTime() + 1_000);
      const again = await router
        .get('/v1/link-calls')
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
      const { calls } = await client.getLinkCalls({
        squad: ['maxus'],
        from: 'az-1',
      });
      expect(calls).toHaveLength(1);
    });
  },
);
