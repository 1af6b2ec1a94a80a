import { mockCredentials } from '@backstage/backend-test-utils';
import {
  decodeBoard,
  GroundControlClient,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { HOSTILE_NAMES } from '../__testUtils__/hostileNames';
import { TestHistory } from '../__testUtils__/TestHistory';
import { describeReading } from './__testUtils__/describeReading';
import { LEDGER } from './__testUtils__/fillReading';
import { readOpenApi } from './openApiRouter';

const openApi = readOpenApi() as any;
/**
 * What needs nothing but rows. Requests, policies, the audit trail, one link,
 * calls over links and entries of the gateway have tests of their own.
 */
const READING = Object.keys(openApi.paths).filter(
  path =>
    openApi.paths[path].get &&
    !/requests|audit|choices|policies|links\/.|link-calls|gateway/.test(path),
);

describeReading(world => {
  const { getBoard, getValid } = world;
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(openApi, 'api');

  it('lists problems, newest first', async () => {
    const list = await getValid('/v1/problems', '/v1/problems');
    expect(list.items.map((item: any) => item.code)).toEqual([
      'artifact-invalid',
      'policy-invalid',
    ]);
  });

  it('gives problems in pages, of services or of the repository', async () => {
    // One in the same millisecond, and one whose service nobody knows.
    const history = new TestHistory(world.knex);
    for (const service of ['cards-api', 'gone-api', undefined]) {
      for (const code of ['more-dev', 'more-prod']) {
        await history.problem({ service, code, namespace: '' });
      }
    }
    const url = '/v1/problems';
    const read = async (query: string) => {
      const items: Array<{ code: string; service?: { name: string } }> = [];
      let next: string | undefined;
      let total: number;
      do {
        const before = next ? `&before=${encodeURIComponent(next)}` : '';
        const page = await getValid(`${url}?limit=2${query}${before}`, url);
        expect(page.items.length).toBeLessThanOrEqual(2);
        items.push(...page.items);
        next = page.next;
        total = page.total;
      } while (next);
      expect(total).toBe(items.length);
      const keys = items.map(({ code, service }) => `${code} ${service?.name}`);
      expect(new Set(keys).size).toBe(keys.length);
      return keys.filter(key => key.startsWith('more-')).sort();
    };
    const known = ['more-dev cards-api', 'more-prod cards-api'];
    const others = [
      'more-dev gone-api',
      'more-dev undefined',
      'more-prod gone-api',
      'more-prod undefined',
    ];
    expect(await read('&of=services')).toEqual(known);
    expect(await read('&of=repository')).toEqual(others);
    expect(await read('')).toEqual([...known, ...others].sort());
    for (const query of ['of=all', 'before=x', 'before=1.', 'limit=0']) {
      const { status } = await world.server.get(`${url}?${query}`);
      expect([query, status]).toEqual([query, 400]);
    }
    await world.knex('problems').whereLike('code', 'more-%').delete();
  });

  it('says how the repository is read', async () => {
    expect(await getValid('/v1/repository', '/v1/repository')).toEqual(
      world.server.status,
    );
    world.server.status = {
      state: 'ingesting',
      branch: 'master',
      progress: { done: 10, total: 100 },
    };
    const board = await getBoard();
    expect(board.repository).toEqual(world.server.status);
    world.server.status = { state: 'fresh', branch: 'master' };
  });

  it.each(HOSTILE_NAMES)('finds no service named %j', async name => {
    const encoded = encodeURIComponent(name).replaceAll('.', '%2E');
    for (const path of [
      `/v1/services/payments/${encoded}`,
      `/v1/services/${encoded}/ledger-api`,
      `/v1/services/${encoded}/${encoded}/releases`,
      `/v1/services/${encoded}/${encoded}/diff?from=dev@1&to=dev@2`,
    ]) {
      const response = await world.server.get(path);
      expect([path, response.status]).toEqual([path, 404]);
    }
    for (const path of [
      `/v1/services/payments/ledger-api/releases?environment=${encoded}`,
      `/v1/activity?environments=${encoded}`,
      `/v1/activity?namespace=payments&service=${encoded}`,
      `/v1/activity?namespace=${encoded}&service=ledger-api`,
    ]) {
      const response = await world.server.get(path);
      expect([path, response.status, response.body.items]).toEqual([
        path,
        200,
        [],
      ]);
    }
    const diff = await world.server.get(
      `/v1/services/payments/ledger-api/diff?from=${encoded}@1&to=dev@1`,
    );
    expect(diff.status).toBe(404);
  });

  it.each([
    ['/v1/activity?limit=0', /limit: must be 1 to 200/],
    ['/v1/activity?limit=201', /limit: must be 1 to 200/],
    ['/v1/activity?limit=-1', /limit: must be a whole number/],
    ['/v1/activity?limit=1e3', /limit: must be a whole number/],
    ['/v1/activity?limit=1&limit=2', /limit: may be given once only/],
    ['/v1/activity?before=x', /before: .*not one that an earlier page gave/],
    ['/v1/activity?before=OTk5OTk5OTk5OQ', /not one that an earlier page gave/],
    ['/v1/activity?kinds=release,nonsense', /kinds/],
    ['/v1/activity?kinds=', /kinds: may not be empty/],
    ['/v1/activity?service=x', /namespace and service are given together/],
    ['/v1/activity?text=a%00b', /text: may not contain the character NUL/],
    [`/v1/activity?text=${'x'.repeat(201)}`, /text: may be at most 200/],
    ['/v1/activity?text[a]=b', /text: may be given once only/],
    ['/v1/board?squad=group:default/', /squad: Entity reference/],
    ['/v1/board?squad=', /squad: may not be empty/],
    ['/v1/board?entity=:x', /entity: Entity reference/],
    ['/v1/commits', /q: Required/],
    ['/v1/commits?q=%20', /q: give a commit or an artifact id/],
    ['/v1/services/payments/a%00b', /may not contain the character NUL/],
    ['/v1/services/payments/x/diff?from=prod@1', /to: Required/],
    ['/v1/services/payments/x/diff?from=prod&to=dev@1', /from: must be/],
    ['/v1/services/payments/x/diff?from=prod@0&to=dev@1', /from: must be/],
    [
      '/v1/services/payments/x/diff?from=prod@99999999999&to=dev@1',
      /from: must be/,
    ],
  ])('refuses %s with what is wrong', async (path, message) => {
    const response = await world.server.get(path);
    expect(response.body.error.message).toMatch(message);
    expect([response.status, response.body.error.name]).toEqual([
      400,
      'InputError',
    ]);
    ajv.validate({ $ref: 'api#/components/schemas/Error' }, response.body);
    expect(ajv.errorsText()).toBe('No errors');
  });

  it('refuses who has no credentials, and lets services read', async () => {
    const routes = READING.map(path =>
      path
        .replace('{name}', 'platform-1')
        .replace('{namespace}', 'payments')
        .replace('{service}', 'ledger-api'),
    );
    const query = '?q=abcdef0&from=dev@1&to=dev@4';
    for (const route of routes) {
      const none = await world.server.get(`${route}${query}`, {
        authorization: mockCredentials.none.header(),
      });
      expect([route, none.status]).toEqual([route, 401]);
      const service = await world.server.get(`${route}${query}`, {
        authorization: mockCredentials.service.header(),
      });
      expect([route, service.status]).toEqual([route, 200]);
    }
    const board = await world.server.get('/v1/board?squad=mine', {
      authorization: mockCredentials.service.header(),
    });
    expect(decodeBoard(board.body)).toMatchObject({ mine: [], rows: [] });
  });

  it('is described, and is what the client speaks', async () => {
    const asked = new Set<string>();
    const client = new GroundControlClient({
      baseUrl: '',
      fetchApi: {
        fetch: async url => {
          const response = await world.server.get(String(url));
          asked.add(String(url).split('?')[0]);
          return new Response(JSON.stringify(response.body), {
            status: response.status,
          });
        },
      },
      toError: async response => new Error(await response.text()),
    });
    const service = { namespace: '', name: 'cards-api' };
    await client.getBoard({ squad: [LEDGER] });
    await client.getService(service);
    const page = await client.getReleases(service, { limit: 1 });
    expect(page.items[0].service).toEqual(service);
    await client.getReleases(service, { before: page.next });
    await client.getManifestDiff(
      service,
      { environment: 'dev', position: 5 },
      { environment: 'prod', position: 6 },
    );
    const activity = await client.getActivity({ service, kinds: ['release'] });
    expect(activity.items).toHaveLength(2);
    await client.findCommit('abcdef0');
    await client.getProblems({});
    await client.getRepositoryStatus();
    expect((await client.getLinkMatrix({})).cells).toEqual([]);
    expect((await client.getClusters()).items).toHaveLength(1);
    expect((await client.getCluster('platform-1')).name).toBe('platform-1');
    const described = READING.map(path =>
      path
        .replace('{name}', 'platform-1')
        .replace('{namespace}', '-')
        .replace('{service}', 'cards-api'),
    ).filter(path => path !== '/openapi.json');
    expect([...asked].sort()).toEqual(described.sort());
    const served = await world.server.get('/openapi.json');
    expect(served.body).toEqual(openApi);
  });
});
