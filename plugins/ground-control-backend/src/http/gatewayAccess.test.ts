import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AccessPreview,
  AccessWish,
  GroundControlClient,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { AccessWorld, PATH } from '../links/access/__testUtils__/AccessWorld';
import {
  FILE,
  INGRESS,
  REMOVE,
  TARGET,
} from '../links/access/__testUtils__/wishes';
import { emptyTables } from '../requests/__testUtils__/emptyTables';
import { SERVICE } from '../requests/__testUtils__/RequestsFixture';
import { readOpenApi } from './openApiRouter';

describe.each(createTestDatabases().eachSupportedId())(
  'wishes for access, %s',
  id => {
    const databases = createTestDatabases();
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(readOpenApi() as object, 'api');
    let knex: Knex;
    let world: AccessWorld;

    beforeAll(async () => {
      knex = await databases.init(id);
      await migrate(knex);
      world = await AccessWorld.start(knex);
    });
    beforeEach(async () => {
      await emptyTables(knex);
      await world.begin(FILE);
    });
    afterAll(() => world?.stop());

    const send = (wish: object, by?: string) =>
      world.router.post('/v1/gateway-entries/preview', { wish }, by);
    const preview = async (
      wish: AccessWish,
      by?: string,
    ): Promise<AccessPreview> => {
      const { status, body } = await send(wish, by);
      expect([status, body.error?.message]).toEqual([200, undefined]);
      const $ref = 'api#/components/schemas/AccessPreview';
      ajv.validate({ $ref }, body);
      expect(ajv.errorsText()).toBe('No errors');
      return body;
    };
    const levels = ({ verdicts }: AccessPreview) =>
      verdicts
        .filter(({ level }) => level !== 'pass')
        .map(({ policy, level }) => `${policy} ${level}`);

    it('shows a target before it is asked for', async () => {
      const shown = await preview(TARGET);
      expect(shown).toMatchObject({
        asOf: world.now.toISOString(),
        wish: TARGET,
        ask: { allowed: true },
        path: PATH,
        object: world.repository.git('rev-parse', `master:${PATH}`).trim(),
        entry: `- hostName: rates
  dnsName: rates.example.com
  environment: az-1
  squad: squad-ledger`,
        address: 'http://rates-az-1.backbone-gateway.svc.cluster.local',
        links: [
          {
            from: 'aws-1',
            to: 'az-1',
            state: 'normal',
            valueMs: 24,
            approximate: false,
          },
        ],
        squad: 'group:default/squad-ledger',
        users: [],
        hiddenUsers: 0,
      });
      expect(shown.diff).toEqual({
        path: PATH,
        change: 'modified',
        added: 4,
        removed: 0,
        hunks: [
          {
            oldStart: 5,
            newStart: 5,
            lines: [
              '     dnsName: credit-bureau.azurewebsites.net',
              '     environment: az-1',
              '     squad: squad-ledger # dee',
              '+  - hostName: rates',
              '+    dnsName: rates.example.com',
              '+    environment: az-1',
              '+    squad: squad-ledger',
              ' ingress:',
              '   - service: fx-api',
              '     namespace: payments',
            ],
          },
        ],
      });
      expect(levels(shown)).toEqual([]);
      // Who asks doesn't decide.
      expect(shown.deciders.map(({ entityRef }) => entityRef)).toEqual([
        'user:default/dee.park',
        'user:default/eli.voss',
      ]);
      const byLead = await preview(TARGET, 'dee.park');
      expect(byLead.deciders.map(({ entityRef }) => entityRef)).toEqual([
        'user:default/eli.voss',
      ]);
      // Nothing was written.
      expect(world.file()).toBe(FILE.trim());
    });

    it('shows an ingress, which the squad decides that is called', async () => {
      const shown = await preview(INGRESS);
      expect(shown).toMatchObject({
        ask: { allowed: true },
        entry: expect.stringContaining('squad: squad-fx'),
        address: 'http://fx-api-az-1.payments.svc.cluster.local',
        squad: 'group:default/squad-fx',
        deciders: [{ entityRef: 'user:default/flo.berg', role: 'lead' }],
        links: [{ state: 'normal' }, { state: 'high' }],
      });
      expect(levels(shown)).toEqual(['link warning']);
      const other = await preview({ ...INGRESS, squad: 'squad-ledger' });
      expect(levels(other)).toEqual(['link warning', 'owner block']);
      expect(other.ask).toMatchObject({ allowed: false, code: 'blocked' });
      // Its name in DNS is the cluster's to give.
      const outside = await preview({ ...INGRESS, from: [] });
      expect(outside.address).toBe('');
      await knex('cluster_ingresses').insert({
        cluster: 'az-1',
        namespace: 'payments',
        name: 'fx',
        service: 'fx-api',
        port: 9090,
        hosts: JSON.stringify(['fx.example.com']),
        managed_by_gateway: true,
        certificate: 'ready',
      });
      const live = await preview({ ...INGRESS, from: [] });
      expect(live.address).toBe('https://fx.example.com');
      expect(levels(live)).toEqual(['port warning']);
    });

    it('says what stands against it', async () => {
      const there = await preview({
        ...TARGET,
        name: 'credit-bureau',
        dnsName: 'credit-bureau.azurewebsites.net',
      });
      expect(there).toMatchObject({
        entry: '',
        ask: {
          allowed: false,
          message: 'The same entry stands in line 4 already. Use it as it is.',
        },
      });
      expect(there.diff).toBeUndefined();
      const rows: Array<[Partial<AccessWish>, string[]]> = [
        [{ name: 'credit-bureau' }, ['entry block']],
        [{ name: 'Credit_Bureau' }, ['name block']],
        [{ dnsName: undefined }, ['name block']],
        [{ dnsName: '10.0.0.1' }, ['name block']],
        [{ cluster: 'moon-1' }, ['cluster block', 'link block']],
        [{ from: [] }, ['cluster block']],
        [{ cluster: 'aws-1', from: ['az-1'] }, ['link block']],
        [{ from: ['mute-1'] }, ['link warning']],
        [{ squad: 'squad-moon' }, ['owner block']],
      ];
      for (const [more, expected] of rows) {
        const shown = await preview({ ...TARGET, ...more } as AccessWish);
        expect([more, levels(shown)]).toEqual([more, expected]);
      }
      const unnamed = await preview({ ...TARGET, name: 'Credit_Bureau' });
      expect(unnamed.address).toBe('');
    });

    it('shows a removal, with who uses it still', async () => {
      const unknown = await preview(REMOVE);
      expect(levels(unknown)).toEqual(['users warning']);
      expect(unknown).toMatchObject({
        ask: { allowed: true },
        squad: 'group:default/squad-ledger',
        entry: expect.stringContaining('credit-bureau.azurewebsites.net'),
        diff: { added: 0, removed: 4 },
      });
      await world.countCalls();
      await world.mirrored('credit-bureau', { in: 'aws-1', of: 'az-1' });
      const unused = await preview(REMOVE);
      expect(levels(unused)).toEqual([]);
      expect(unused.verdicts.find(v => v.policy === 'users')?.reason).toContain(
        'It is mirrored in aws-1',
      );
      const pair = { from: 'aws-1', to: 'az-1' };
      await world.call('ledger-api', 'credit-bureau', pair);
      const used = await preview(REMOVE);
      expect(used.users).toEqual([
        {
          from: 'aws-1',
          caller: SERVICE,
          squad: 'group:default/squad-ledger',
          calls: true,
        },
      ]);
      expect(used.verdicts.find(v => v.policy === 'users')).toMatchObject({
        level: 'warning',
        title: 'Still in use',
        reason: expect.stringContaining('payments/ledger-api in aws-1'),
      });
      const gone = await preview({ ...REMOVE, name: 'no-such' });
      expect(gone.ask).toMatchObject({ code: 'blocked' });
    });

    it('makes the file where there is none, and leaves a broken one', async () => {
      await world.write(undefined);
      expect(await preview(TARGET)).toMatchObject({
        object: null,
        ask: { allowed: true },
        diff: { change: 'added', added: 5 },
      });
      await world.write('targets: [\n');
      const broken = await preview(TARGET);
      expect(levels(broken)).toEqual(['gateway-file block']);
      expect(broken.diff).toBeUndefined();
    });

    it('needs the rights that asking for a release needs, and clusters', async () => {
      const { fixture } = world;
      fixture.allow(name => name !== 'ground-control.cluster.read');
      expect((await send(TARGET)).status).toBe(403);
      fixture.allow(name => name !== 'ground-control.service.read');
      const hidden = await send(TARGET);
      expect(hidden.status).toBe(404);
      fixture.allow(() => true);
      const absent = await send({
        ...TARGET,
        service: { ...SERVICE, name: 'moon-api' },
      });
      expect(absent.status).toBe(404);
      fixture.allow(name => name !== 'ground-control.request.create');
      expect((await preview(TARGET)).ask).toMatchObject({
        allowed: false,
        code: 'permission',
      });
      // Others' entries stand beside it.
      fixture.allow(name => name !== 'ground-control.repository.read');
      const narrow = await preview(TARGET);
      expect(JSON.stringify(narrow.diff)).not.toContain('fx-api');
      fixture.allow(() => true);
      const service = mockCredentials.service.header();
      expect((await preview(TARGET, service)).ask).toMatchObject({
        code: 'not-a-person',
      });
    });

    it('says nothing of a service that may not be seen', async () => {
      world.showOnly(['group:default/squad-ledger']);
      const seen = await send(INGRESS);
      const absent = await send({ ...INGRESS, name: 'no-api' });
      expect([seen.status, absent.status]).toEqual([404, 404]);
      expect(seen.body.error.message.replace('fx-api', '')).toBe(
        absent.body.error.message.replace('no-api', ''),
      );
      // Nor who it is that uses an entry.
      const pair = { from: 'gcp-1', to: 'az-1' };
      await world.call('fx-api', 'credit-bureau', pair);
      await world.call('ledger-api', 'credit-bureau', pair);
      const shown = await preview(REMOVE);
      expect(shown).toMatchObject({
        users: [{ caller: SERVICE }],
        hiddenUsers: 1,
      });
      expect(JSON.stringify(shown.verdicts)).not.toContain('fx-api');
    });

    it('tells who calls what is wrong with a body', async () => {
      const rows: Array<[object, RegExp]> = [
        [{ ...TARGET, name: '' }, /wish.name: may not be empty/],
        [{ ...TARGET, name: 'a\u202eb' }, /wish.name: may hold no control/],
        [{ ...TARGET, port: 80 }, /port/],
        [{ ...INGRESS, namespace: undefined }, /wish.namespace/],
        [{ ...INGRESS, port: 0 }, /wish.port/],
        [{ ...TARGET, from: ['aws-1', 'aws-1'] }, /once only/],
        [{ ...TARGET, kind: 'other' }, /wish.kind/],
        [{ ...TARGET, by: 'user:default/pat' }, /by/],
      ];
      for (const [wish, words] of rows) {
        const { status, body } = await send(wish);
        expect(status).toBe(400);
        expect(body.error.message).toMatch(words);
      }
    });

    it('can’t be asked for where nothing is written', async () => {
      world.canWrite = false;
      expect((await preview(TARGET)).ask).toMatchObject({
        code: 'not-configured',
      });
    });

    it('is told where the catalog can’t say who decides', async () => {
      world.fixture.catalogFault = 'The catalog is down';
      expect(await preview(TARGET)).toMatchObject({
        deciders: [],
        decidersUnknown: expect.stringContaining('catalog doesn’t answer'),
        ask: { allowed: true },
      });
    });

    it('is what the client asks for', async () => {
      const client = new GroundControlClient({
        fetchApi: {
          fetch: (url, init) =>
            fetch(url, {
              ...init,
              headers: {
                ...(init?.headers as Record<string, string>),
                authorization: mockCredentials.user.header(
                  'user:default/ana.ruiz',
                ),
              },
            }),
        },
        baseUrl: world.router.url,
        toError: async response => new Error(await response.text()),
      });
      expect((await client.previewAccess(TARGET)).path).toBe(PATH);
    });
  },
);
