import {
  AccessWish,
  ReleaseRequestDetail,
  RequestDiff,
  RequestPage,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { migrate } from '../../../__testUtils__/migrate';
import { readOpenApi } from '../../../http/openApiRouter';
import { emptyTables } from '../../../requests/__testUtils__/emptyTables';
import {
  ACCESS_WISH as ADD,
  insertAccess,
} from '../../../requests/__testUtils__/insertAccess';
import { as, SERVICE } from '../../../requests/__testUtils__/RequestsFixture';
import { AccessWorld, PATH } from '../__testUtils__/AccessWorld';

const LEDGER = 'group:default/squad-ledger';
const FX = 'group:default/squad-fx';
const FILE = `targets:
  - hostName: credit-bureau
    dnsName: credit-bureau.azurewebsites.net
    environment: az-1
    squad: squad-ledger
ingress:
  - service: fx-api
    namespace: payments
    cluster: gcp-1
    squad: squad-fx
    port: 8080
`;
const ADDED = `${FILE}  - service: ledger-api
    namespace: payments
    cluster: az-1
    squad: squad-ledger
    port: 8080
`;
const LINES = ADDED.slice(FILE.length)
  .trimEnd()
  .split('\n')
  .map(line => `+${line}`);
const REMOVE: AccessWish = {
  kind: 'target',
  change: 'remove',
  service: SERVICE,
  name: 'credit-bureau',
  cluster: 'az-1',
  from: [],
};

describe.each(createTestDatabases().eachSupportedId())(
  'Requests for access as they are read, %s',
  id => {
    const databases = createTestDatabases();
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(readOpenApi() as object, 'api');
    let knex: Knex;
    let world: AccessWorld;
    let keys = 0;

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

    const ask = async (wish: AccessWish, by = 'flo.berg') => {
      keys += 1;
      const asked = { wish, idempotencyKey: `key-${keys}` };
      return (await world.asking.ask(as(by), asked)).number;
    };
    async function get<T>(path: string, schema: string, by = 'dee.park') {
      const { status, body } = await world.router.get(path, by);
      expect([status, body.error?.message]).toEqual([200, undefined]);
      ajv.validate({ $ref: `api#/components/schemas/${schema}` }, body);
      expect(ajv.errorsText()).toBe('No errors');
      return body as T;
    }
    const list = (query = '', by?: string) =>
      get<RequestPage>(`/v1/requests?${query}`, 'RequestPage', by);
    const read = (number: number, by?: string) =>
      get<ReleaseRequestDetail>(
        `/v1/requests/REQ-${number}`,
        'ReleaseRequestDetail',
        by,
      );
    const diff = (number: number, by?: string) =>
      get<RequestDiff>(`/v1/requests/REQ-${number}/diff`, 'RequestDiff', by);
    const without = (permission: string) =>
      world.fixture.allow(name => name !== `ground-control.${permission}`);

    it('are seen by who may see either service, in rows, counts and alone', async () => {
      const number = await ask(ADD);
      const statuses = async (by: string) =>
        Promise.all(
          ['', '/diff'].map(
            async end =>
              (await world.router.get(`/v1/requests/REQ-${number}${end}`, by))
                .status,
          ),
        );
      for (const squads of [[LEDGER], [FX], ['group:default/squad-moon']]) {
        world.showOnly(squads);
        const count = squads[0].endsWith('moon') ? 0 : 1;
        const byLead = await list('', 'dee.park');
        expect([squads, byLead.items.length, byLead.counts]).toEqual([
          squads,
          count,
          { waiting: count, others: 0, mine: 0 },
        ]);
        const byOther = await list('status=others', 'flo.berg');
        expect([squads, byOther.items.length, byOther.counts]).toEqual([
          squads,
          count,
          { waiting: 0, others: count, mine: count },
        ]);
        const status = count === 1 ? 200 : 404;
        expect(await statuses('eli.voss')).toEqual([status, status]);
        // What everything that is done with it begins with.
        const entered = await world.fixture.gate
          .readVisible(as('eli.voss'), number)
          .then(
            row => row.number,
            error => error.name,
          );
        expect([squads, entered]).toEqual([
          squads,
          count === 1 ? number : 'NotFoundError',
        ]);
      }
      const waiting = await list('status=waiting');
      expect(waiting.items).toEqual([]);
    });

    it('show what is asked for, how its links are, and nothing of releases', async () => {
      const wish = { ...ADD, from: ['aws-1', 'gcp-1'] };
      const number = await ask(wish);
      const detail = await read(number);
      const access = {
        wish: { ...wish, squad: 'squad-ledger' },
        entryId: 'ingress:az-1/payments/ledger-api',
        path: PATH,
        entry: expect.stringMatching(/^- service: ledger-api\n/),
        address: 'http://ledger-api-az-1.payments.svc.cluster.local',
      };
      expect(detail).toMatchObject({
        request: {
          id: `REQ-${number}`,
          intent: 'access-add',
          service: SERVICE,
          environment: 'prod',
          access,
          artifactId: '',
          changeCount: null,
          mayDecide: true,
        },
        access: {
          links: [
            {
              from: 'aws-1',
              to: 'az-1',
              state: 'normal',
              valueMs: 24,
              approximate: false,
            },
            {
              from: 'gcp-1',
              to: 'az-1',
              state: 'high',
              valueMs: 24,
              approximate: false,
            },
          ],
          users: [],
          hiddenUsers: 0,
        },
        changed: [],
        changes: { kind: 'unknown', items: [] },
        others: [],
        otherRequests: [],
        targetClusters: ['aws-1', 'gcp-1'],
        approve: { allowed: true },
      });
      expect(detail.changes.message).toBeUndefined();
      expect(detail).not.toHaveProperty('artifact');
      expect(detail).not.toHaveProperty('current');
      const { items } = await list();
      expect(items[0]).toMatchObject({ access, mayDecide: true });
      expect((await read(number, 'flo.berg')).approve).toMatchObject({
        code: 'requester',
        message: expect.stringMatching(/^You asked for this access, so/),
      });

      await knex('release_requests').update({ state: 'succeeded' });
      const ended = await read(number);
      expect(ended).not.toHaveProperty('access');
      expect(ended.request.access).toMatchObject(access);
      expect(ended.approve).toMatchObject({
        message: 'This request was approved, and is done.',
      });
    });

    it('name of who uses what is to go those that the reader may see', async () => {
      const pair = { from: 'gcp-1', to: 'az-1' };
      await world.call('fx-api', 'credit-bureau', pair);
      await world.call('ledger-api', 'credit-bureau', pair);
      const number = await ask(REMOVE, 'ana.ruiz');
      const { access, targetClusters } = await read(number);
      expect(targetClusters).toEqual(['az-1']);
      expect(access?.users.map(({ caller }) => caller?.name).sort()).toEqual([
        'fx-api',
        'ledger-api',
      ]);
      world.showOnly([LEDGER]);
      expect((await read(number)).access).toMatchObject({
        users: [{ caller: SERVICE, from: 'gcp-1', calls: true }],
        hiddenUsers: 1,
      });
      expect(JSON.stringify(await read(number))).not.toContain('fx-api');
      without('cluster.read');
      expect((await read(number)).access).toEqual({
        links: [],
        users: [],
        hiddenUsers: 2,
      });
    });

    it('name who calls a service that the reader may not see', async () => {
      await world.write(ADDED);
      await knex('mirrored_services').insert({
        cluster: 'aws-1',
        namespace: 'payments',
        name: 'ledger-api-az-1',
        target: 'az-1',
        service: 'ledger-api',
        service_namespace: 'payments',
        state: 'mirrored',
      });
      await world.countCalls();
      await knex('link_traffic').insert({
        source: 'mesh',
        from_cluster: 'aws-1',
        namespace: 'payments',
        workload: 'fx-api',
        to_cluster: 'az-1',
        service_namespace: 'payments',
        service: 'ledger-api',
        requests_per_second: 3,
        observed_at: world.now.getTime(),
      });
      const number = await ask({
        ...ADD,
        change: 'remove',
        port: undefined,
        squad: undefined,
      });
      const users = async () => {
        const { access } = await read(number, 'flo.berg');
        return [access?.users.length, access?.hiddenUsers];
      };
      expect(await users()).toEqual([1, 0]);
      world.showOnly([FX]);
      const [seen, hidden] = await users();
      expect(Number(seen) + Number(hidden)).toBe(1);
    });

    it('hide links from who may not read clusters', async () => {
      const number = await ask(ADD);
      without('cluster.read');
      expect((await read(number)).access?.links).toEqual([
        {
          from: 'aws-1',
          to: 'az-1',
          state: 'hidden',
          valueMs: null,
          approximate: false,
        },
      ]);
    });

    describe('differences', () => {
      /** Others' lines are for who may read the repository. */
      async function bothOf(number: number) {
        const whole = await diff(number);
        without('repository.read');
        const narrow = await diff(number);
        world.fixture.allow(() => true);
        return [whole, narrow].map(({ files, missing }) =>
          missing === undefined
            ? files.flatMap(({ hunks }) => hunks.flatMap(one => one.lines))
            : missing,
        );
      }
      const AROUND = [
        '     cluster: gcp-1',
        '     squad: squad-fx',
        '     port: 8080',
      ];

      it('are of the file now while a request is open', async () => {
        const number = await ask(ADD);
        expect(await diff(number)).toMatchObject({
          unchangedFiles: 0,
          files: [{ path: PATH, change: 'modified', added: 5, removed: 0 }],
        });
        expect(await bothOf(number)).toEqual([[...AROUND, ...LINES], LINES]);
        await world.write(`# Moved.\n${FILE}`);
        const [file] = (await diff(number)).files;
        expect(file.hunks[0].newStart).toBe(10);
        await world.write(ADDED);
        expect(await diff(number)).toMatchObject({
          files: [],
          missing: 'The same entry stands in line 12 already.',
        });
        await world.write('targets: [\n');
        expect((await diff(number)).missing).toContain(PATH);
      });

      it('show no line of others that an entry shares', async () => {
        const flow =
          'targets: []\ningress: [{ service: fx-api, namespace: payments, cluster: gcp-1, squad: squad-fx, port: 8080 }]\n';
        await world.write(flow);
        const number = await ask(ADD);
        const [whole, narrow] = await bothOf(number);
        expect(JSON.stringify(whole)).toContain('fx-api');
        expect(narrow).toMatch(/^The entry shares a line with others/);
      });

      it('are of its commit once there is one, whatever came after', async () => {
        const number = await ask(ADD);
        await world.write(ADDED);
        const revision = world.mirror.tip!;
        const repository = 'default';
        await knex('release_request_commits').insert([
          { repository, number, revision, built_at: 0 },
          { repository, number, revision: 'f'.repeat(40), built_at: 0 },
        ]);
        await knex('release_requests').update({ state: 'committed', revision });
        const expected = [[...AROUND, ...LINES], LINES];
        expect(await bothOf(number)).toEqual(expected);
        await world.write('ingress: []\n');
        expect(await bothOf(number)).toEqual(expected);

        // Somebody's merge brought it, and another change of theirs.
        const merge = world.repository.commit({
          message: 'Merge',
          files: { [PATH]: 'targets: []\n' },
          merge: [revision],
        });
        await world.mirror.fetch();
        await knex('release_requests').update({ revision: merge });
        expect(await bothOf(number)).toEqual(expected);

        await knex('release_request_commits').delete();
        expect((await diff(number)).missing).toContain("isn't known any more");
        const gone = 'e'.repeat(40);
        await knex('release_requests').update({ revision: gone });
        expect((await diff(number)).missing).toContain(
          "Commit eeeeeeeeee isn't in this backend's copy",
        );
      });

      it('are none of what ended without a commit', async () => {
        for (const state of ['rejected', 'expired', 'outdated'] as const) {
          const number = await insertAccess(knex, { state });
          expect(await diff(number)).toEqual({
            files: [],
            unchangedFiles: 0,
            missing: 'It ended before anything was written.',
          });
        }
      });
    });
  },
);
