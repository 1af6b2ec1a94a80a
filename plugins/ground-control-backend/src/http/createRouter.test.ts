import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  decodeBoard,
  GroundControlClient,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { component, group } from '../__testUtils__/entities';
import { migrate } from '../__testUtils__/migrate';
import { NOW, startServer, TestServer } from '../__testUtils__/startServer';
import { TestClusters } from '../__testUtils__/TestClusters';
import {
  artifactIdOf,
  commitOf,
  TestHistory,
} from '../__testUtils__/TestHistory';
import { HOSTILE_NAMES } from '../__testUtils__/hostileNames';
import { readOpenApi } from './openApiRouter';

const LEDGER = 'group:default/squad-ledger';
const CARDS = 'group:default/squad-cards';

/** A pull request's merge, which was pushed together with another commit. */
const UNBUILT = 'feedbee'.padEnd(40, '0');

async function fill(knex: Knex) {
  const history = new TestHistory(knex);
  await history.release({
    service: 'ledger-api',
    environment: ['dev', 'staging'],
    squad: 'squad-ledger',
    tree: 'a'.repeat(40),
  });
  await history.release({
    service: 'ledger-api',
    environment: 'prod',
    intent: 'promote',
    tree: 'a'.repeat(40),
  });
  await history.commit({
    kind: 'policy',
    title: '[ledger-api] policy update: apply auto-release in 100%_dev',
    touches: [{ service: 'ledger-api' }],
    by: 'Öst Åberg',
  });
  await history.release({
    service: 'ledger-api',
    number: 2,
    environment: 'dev',
    intent: 'auto-release',
    squad: 'squad-cards',
    tree: 'b'.repeat(40),
  });
  await history.release({
    service: 'cards-api',
    namespace: '',
    plan: 1,
    environment: 'dev',
    squad: 'squad-cards',
  });
  await history.release({
    service: 'cards-api',
    namespace: '',
    plan: 2,
    environment: 'prod',
    intent: 'rollback',
    branch: 'fix/x',
    squad: 'squad-cards',
    behind: 3,
  });
  await history.release({
    service: 'cards-worker',
    environment: 'prod',
    broken: true,
    squad: 'squad-cards',
  });
  await history.commit({ kind: 'other', title: 'Tidy up the README' });
  await history.release({ service: 'old-api', environment: 'dev' });
  await history.release({
    service: 'old-api',
    environment: 'dev',
    intent: 'removed',
  });
  for (const [environment, position, service] of [
    ['prod', 6, 'cards-api'],
    ['dev', 10, 'old-api'],
    // Replaced since.
    ['dev', 1, 'ledger-api'],
  ] as const) {
    await knex('unapproved_releases').insert({
      repository: 'default',
      environment,
      namespace: service === 'cards-api' ? '' : 'payments',
      service,
      position,
      revision: '',
      reason: 'No release request stands behind it',
      noted_at: 0,
    });
  }
  await history.problem({
    code: 'artifact-invalid',
    service: 'cards-worker',
    environment: 'prod',
    position: 7,
  });
  await history.problem({ code: 'policy-invalid', since: 1 });
  await history.build({ service: 'new-api', squad: 'squad-cards' });
  const second = { service: 'ledger-api', number: 2 };
  await history.contained(UNBUILT, second);
  await history.contained(commitOf('ledger-api', 2), second);
  await knex('service_environments')
    .where({ service: 'ledger-api', environment: 'staging' })
    .update({
      behind_commits: 2,
      behind_commits_from: commitOf('ledger-api', 1),
      behind_commits_to: commitOf('ledger-api', 2),
    });
  await new TestClusters(knex, NOW).cluster({ name: 'platform-1' });
}

const entities = [
  group('squad-ledger', 'Ledger', 'user:default/ana.ruiz, bo.lind'),
  component('ledger-api', 'squad-ledger'),
  component('cards-worker', 'squad-cards', {
    service: 'payments/cards-worker',
  }),
  component('not-released', 'squad-ledger'),
  component('a-library', 'squad-ledger', { type: 'library' }),
];

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

describe.each(createTestDatabases().eachSupportedId())('HTTP API, %s', id => {
  const databases = createTestDatabases();
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(openApi, 'api');
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: 'user:default/mock',
      ownershipEntityRefs: ['user:default/mock', LEDGER],
    }),
  });
  let server: TestServer;

  beforeAll(async () => {
    const knex = await databases.init(id);
    await migrate(knex);
    await fill(knex);
    server = await startServer({
      knex,
      entities,
      userInfo,
      config: {
        groundControl: {
          configRepository: {
            url: 'https://git.example/config',
            commitUrl: 'https://git.example/config/commit/{revision}',
          },
          links: [
            {
              title: 'Logs',
              kind: 'logs',
              url: 'https://logs.example/?q={namespace}/{service}&e={environment}',
            },
            { title: 'Bad', url: 'vbscript:alert({service})' },
          ],
        },
      },
    });
  });

  /** The answer, checked against what the description says of the route. */
  async function getValid(path: string, route: string) {
    const response = await server.get(path);
    expect(response.body.error).toBeUndefined();
    expect(response.status).toBe(200);
    const pointer = route
      .replaceAll('/', '~1')
      .replace(/[{}]/g, c => encodeURIComponent(c));
    const valid = ajv.validate(
      {
        $ref: `api#/paths/${pointer}/get/responses/200/content/application~1json/schema`,
      },
      response.body,
    );
    expect(ajv.errorsText()).toBe('No errors');
    expect(valid).toBe(true);
    return response.body;
  }

  async function getBoard(query = '') {
    return decodeBoard(await getValid(`/v1/board${query}`, '/v1/board'));
  }

  it('shows all services of catalog and repository', async () => {
    const board = await getBoard();
    expect(
      board.rows.map(row => [
        row.service.name,
        row.presence,
        row.squad,
        row.cells.map(cell => cell.state).join(' '),
      ]),
    ).toEqual([
      ['cards-api', 'repository-only', CARDS, 'recorded not-released recorded'],
      ['cards-worker', 'both', CARDS, 'not-released not-released problem'],
      ['ledger-api', 'both', LEDGER, 'recorded recorded recorded'],
      [
        'not-released',
        'catalog-only',
        LEDGER,
        'not-released not-released not-released',
      ],
    ]);
    expect(board.environments).toEqual(['dev', 'staging', 'prod']);
    expect(board.squads).toEqual([
      { ref: CARDS, title: 'squad-cards', inCatalog: false },
      { ref: LEDGER, title: 'Ledger', inCatalog: true },
    ]);
    expect(board.mine).toEqual([LEDGER]);
    expect(board.repository.state).toBe('fresh');
  });

  it('says of a cell what is there', async () => {
    const { rows } = await getBoard();
    const [, , prod] = rows[0].cells;
    expect(prod).toEqual({
      state: 'recorded',
      artifactId: artifactIdOf({
        service: 'cards-api',
        plan: 2,
        branch: 'fix/x',
      }),
      commit: commitOf('cards-api', 1).slice(0, 7),
      branch: 'fix/x',
      releasedAt: Date.parse('2026-03-02T08:06:00.000Z') / 1000,
      releasedBy: 'Ana Ruiz',
      behind: 3,
      planDiffers: true,
      rollback: true,
      notApprovedHere: true,
    });
    expect(rows[1].problems).toBe(1);
    expect(rows[2].artifactSquad).toBe(CARDS);
    expect(rows[2].cells[0].commit).toBe(commitOf('ledger-api', 2).slice(0, 7));
    expect(rows[2].cells[1].planDiffers).toBeUndefined();
  });

  it.each([
    ['?squad=mine', ['ledger-api', 'not-released']],
    ['?squad=squad-cards', ['cards-api', 'cards-worker']],
    [`?squad=${LEDGER},${CARDS}`, 4],
    ['?squad=GROUP:Default/Squad-Ledger', ['ledger-api', 'not-released']],
    ['?squad=nobody', []],
    ['?entity=component:default/ledger-api', ['ledger-api']],
    ['?entity=component:default/nobody', []],
  ])('narrows the board by %s', async (query, expected) => {
    const { rows } = await getBoard(query);
    const names = rows.map(row => row.service.name);
    expect(Array.isArray(expected) ? names : names.length).toEqual(expected);
  });

  it('answers shortly when the board is as it was', async () => {
    const first = await server.get('/v1/board');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const etag = first.headers.etag;
    server.now = new Date(server.now.getTime() + 60_000);
    const same = await server.get('/v1/board', { 'If-None-Match': etag });
    expect([same.status, same.text]).toEqual([304, '']);
    const other = await server.get('/v1/board?squad=mine', {
      'If-None-Match': etag,
    });
    expect(other.status).toBe(200);
    server.status = { ...server.status, state: 'stale' };
    const changed = await server.get('/v1/board', { 'If-None-Match': etag });
    expect(changed.status).toBe(200);
    server.status = { ...server.status, state: 'fresh' };
  });

  it('shows a service', async () => {
    const detail = await getValid(
      '/v1/services/payments/ledger-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(detail).toMatchObject({
      squad: LEDGER,
      squadTitle: 'Ledger',
      presence: 'both',
      entityRef: 'component:default/ledger-api',
      artifactSquad: CARDS,
    });
    expect(detail.environments.map((e: any) => e.current?.position)).toEqual([
      4, 1, 2,
    ]);
    expect(detail.environments[2].current).toMatchObject({
      intent: 'promote',
      revisionUrl: `https://git.example/config/commit/${'2'.padStart(40, 'c')}`,
      releasedBy: { name: 'Ana Ruiz' },
      artifact: { message: 'Change 1 of ledger-api' },
    });
    expect(detail.environments[2].links).toEqual([
      {
        title: 'Logs',
        kind: 'logs',
        url: 'https://logs.example/?q=payments/ledger-api&e=prod',
      },
    ]);
  });

  it('shows a service without namespace, and one that was removed', async () => {
    const detail = await getValid(
      '/v1/services/-/cards-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(detail.environments[2]).toMatchObject({
      behind: 3,
      behindOf: 'dev',
      links: [{ url: 'https://logs.example/?q=prod/cards-api&e=prod' }],
    });
    const old = await getValid(
      '/v1/services/payments/old-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(old.environments.map((e: any) => e.current)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('pages through a history, releases of one commit included', async () => {
    const route = '/v1/services/{namespace}/{service}/releases';
    const path = '/v1/services/payments/ledger-api/releases';
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page: any = await getValid(
        `${path}?limit=1${next ? `&before=${next}` : ''}`,
        route,
      );
      expect(page.items).toHaveLength(1);
      seen.push(`${page.items[0].environment}@${page.items[0].position}`);
      next = page.next;
    } while (next);
    expect(seen).toEqual(['dev@4', 'prod@2', 'dev@1', 'staging@1']);
    const whole = await getValid(path, route);
    expect(whole.next).toBeUndefined();
    expect(whole.items[2].replacedAt).toBe('2026-03-02T08:04:00.000Z');
    const staging = await getValid(`${path}?environment=staging`, route);
    expect(staging.items.map((item: any) => item.position)).toEqual([1]);
  });

  it('gives the problems of a release', async () => {
    const page = await getValid(
      '/v1/services/payments/cards-worker/releases',
      '/v1/services/{namespace}/{service}/releases',
    );
    expect(page.items[0].artifact).toBeUndefined();
    expect(page.items[0].problems[0].code).toBe('artifact-invalid');
  });

  it('compares the manifests of two releases', async () => {
    const file = (path: string, text: string) => {
      const content = Buffer.from(text);
      return { path, content, size: content.length };
    };
    server.files.set('a'.repeat(40), [
      file('artifact.json', '{"id":1}'),
      file('40-deployment.yaml', 'image: a\nreplicas: 1\n'),
      file('50-service.yaml', 'port: 80\n'),
    ]);
    server.files.set('b'.repeat(40), [
      file('artifact.json', '{"id":2}'),
      file('40-deployment.yaml', 'image: b\nreplicas: 1\n'),
      file('50-service.yaml', 'port: 80\n'),
    ]);
    const diff = await getValid(
      '/v1/services/payments/ledger-api/diff?from=prod@2&to=dev@4',
      '/v1/services/{namespace}/{service}/diff',
    );
    expect(diff.unchangedFiles).toBe(1);
    expect(diff.files).toEqual([
      {
        path: '40-deployment.yaml',
        change: 'modified',
        added: 1,
        removed: 1,
        hunks: [
          {
            oldStart: 1,
            newStart: 1,
            lines: ['-image: a', '+image: b', ' replicas: 1'],
          },
        ],
      },
    ]);
    expect([diff.from.position, diff.to.position]).toEqual([2, 4]);
  });

  async function getActivity(query = '') {
    const page = await getValid(`/v1/activity${query}`, '/v1/activity');
    return page.items.map((item: any) => item.position);
  }

  it.each([
    ['', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['?kinds=policy,other', [8, 3]],
    ['?squad=mine', [4, 3, 2, 1]],
    ['?squad=squad-cards&environments=prod', [7, 6]],
    ['?environments=staging', [1]],
    ['?namespace=payments&service=ledger-api', [4, 3, 2, 1]],
    ['?namespace=&service=cards-api', [6, 5]],
    ['?namespace=-&service=cards-api', [6, 5]],
    ['?namespace=payments&service=cards-api', []],
    ['?text=readme', [8]],
    ['?text=100%25_DEV', [3]],
    ['?text=%25', [3]],
    ['?text=%25d', []],
    [`?text=${encodeURIComponent('öst')}`, id.startsWith('P') ? [3] : []],
    [`?text=${encodeURIComponent('Öst')}`, [3]],
    [`?text=${artifactIdOf({ service: 'ledger-api' })}`, [2, 1]],
    ['?text=~', []],
  ])('lists activity %s', async (query, expected) => {
    expect(await getActivity(query)).toEqual(expected);
  });

  it('pages through activity', async () => {
    const first = await getValid('/v1/activity?limit=4', '/v1/activity');
    const rest = await getValid(
      `/v1/activity?limit=200&before=${first.next}`,
      '/v1/activity',
    );
    expect(rest.items.map((item: any) => item.position)).toEqual([
      6, 5, 4, 3, 2, 1,
    ]);
    expect(rest.next).toBeUndefined();
    expect(rest.items[5]).toMatchObject({
      kind: 'release',
      by: { name: 'Ana Ruiz' },
      services: [
        {
          service: { namespace: 'payments', name: 'ledger-api' },
          squad: LEDGER,
          environment: 'dev',
          intent: 'release-artifact',
          artifactId: artifactIdOf({ service: 'ledger-api' }),
        },
        { environment: 'staging' },
      ],
    });
  });

  it('marks what was not approved here, wherever it is shown', async () => {
    const reason = 'No release request stands behind it';
    const board = decodeBoard(await getValid('/v1/board', '/v1/board'));
    const marked = board.rows.flatMap(({ service, cells }) =>
      cells.flatMap((cell, i) =>
        cell.notApprovedHere ? `${board.environments[i]}/${service.name}` : [],
      ),
    );
    expect(marked).toEqual(['prod/cards-api']);
    const detail = await getValid(
      '/v1/services/-/cards-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(
      detail.environments.map((one: any) => one.current?.notApprovedHere),
    ).toEqual([undefined, undefined, reason]);
    const history = await getValid(
      '/v1/services/payments/ledger-api/releases?environment=dev',
      '/v1/services/{namespace}/{service}/releases',
    );
    expect(history.items.map((one: any) => one.notApprovedHere)).toEqual([
      undefined,
      reason,
    ]);
    const activity = await getValid('/v1/activity', '/v1/activity');
    expect(
      activity.items.flatMap(({ position, services }: any) =>
        services.flatMap((one: any) =>
          one.notApprovedHere ? `${one.environment}@${position}` : [],
        ),
      ),
    ).toEqual(['dev@10', 'prod@6', 'dev@1']);
  });

  it('finds a commit and says where it is', async () => {
    const commit = commitOf('ledger-api', 1);
    for (const q of [commit, commit.slice(0, 10), commit.toUpperCase()]) {
      const found = await getValid(`/v1/commits?q=${q}`, '/v1/commits');
      expect(found).toMatchObject({ readAs: 'commit', more: false });
      expect(found.matches).toHaveLength(1);
      expect(found.matches[0].places).toEqual([
        {
          environment: 'dev',
          status: 'past',
          since: '2026-03-02T08:01:00.000Z',
          until: '2026-03-02T08:04:00.000Z',
          currentArtifactId: artifactIdOf({ service: 'ledger-api', number: 2 }),
        },
        {
          environment: 'staging',
          status: 'current',
          since: '2026-03-02T08:01:00.000Z',
        },
        {
          environment: 'prod',
          status: 'current',
          since: '2026-03-02T08:02:00.000Z',
        },
      ]);
    }
  });

  it('finds a commit that was never built, by the build that contains it', async () => {
    for (const q of [UNBUILT, 'FEEDBEE']) {
      const found = await getValid(`/v1/commits?q=${q}`, '/v1/commits');
      expect(found.readAs).toBe('commit');
      expect(found.matches).toMatchObject([
        {
          service: { name: 'ledger-api' },
          squad: LEDGER,
          squadTitle: 'Ledger',
          artifact: { commit: commitOf('ledger-api', 2) },
          containedCommit: {
            commit: UNBUILT,
            title: 'Merge of ledger-api',
            author: 'Cy Holm',
          },
        },
      ]);
      expect(found.matches[0].places[0].status).toBe('current');
    }
    // What was built itself isn't contained in its own build as well.
    const built = await getValid(
      `/v1/commits?q=${commitOf('ledger-api', 2)}`,
      '/v1/commits',
    );
    expect(built.matches).toHaveLength(1);
    expect(built.matches[0]).not.toHaveProperty('containedCommit');
  });

  it('tells commits behind where they were counted for what is there now', async () => {
    const board = decodeBoard(await getValid('/v1/board', '/v1/board'));
    const row = board.rows.find(one => one.service.name === 'ledger-api')!;
    expect(row.cells.map(cell => cell.behindCommits)).toEqual([
      undefined,
      2,
      undefined,
    ]);
    const path = '/v1/services/payments/ledger-api';
    const detail = await getValid(path, '/v1/services/{namespace}/{service}');
    expect(
      detail.environments.map((e: any) => [e.behindCommits, e.behindOf]),
    ).toEqual([
      [undefined, undefined],
      [2, 'dev'],
      [undefined, undefined],
    ]);
  });

  it('finds the builds of all commits that begin so, newest first', async () => {
    const start = commitOf('ledger-api', 1).slice(0, 7);
    const found = await getValid(`/v1/commits?q=${start}`, '/v1/commits');
    expect(found.matches.map((m: any) => m.artifact.commit)).toEqual([
      commitOf('ledger-api', 2),
      commitOf('ledger-api', 1),
    ]);
  });

  it('finds builds that were never released, and artifact ids', async () => {
    const built = await getValid(
      `/v1/commits?q=${commitOf('new-api', 1)}`,
      '/v1/commits',
    );
    expect(built.matches[0].places.map((p: any) => p.status)).toEqual([
      'never',
      'never',
      'never',
    ]);
    const byId = await getValid('/v1/commits?q=fix_x-', '/v1/commits');
    expect(byId.readAs).toBe('artifact');
    expect(byId.matches.map((m: any) => m.service.name)).toEqual(['cards-api']);
    const all = await getValid('/v1/commits?q=master-', '/v1/commits');
    expect(all.matches.map((m: any) => m.service.name)).toEqual([
      'ledger-api',
      'cards-api',
      'ledger-api',
      'new-api',
      'old-api',
    ]);
    for (const q of ['zzz', 'm', '%25', 'fix%25', '_aster', 'ffffffffff']) {
      const none = await getValid(`/v1/commits?q=${q}`, '/v1/commits');
      expect(none.matches).toEqual([]);
      expect(none.readAs).toBe(q === 'ffffffffff' ? 'commit' : 'unclear');
    }
  });

  it('lists problems, newest first', async () => {
    const list = await getValid('/v1/problems', '/v1/problems');
    expect(list.items.map((item: any) => item.code)).toEqual([
      'artifact-invalid',
      'policy-invalid',
    ]);
  });

  it('says how the repository is read', async () => {
    expect(await getValid('/v1/repository', '/v1/repository')).toEqual(
      server.status,
    );
    server.status = {
      state: 'ingesting',
      branch: 'master',
      progress: { done: 10, total: 100 },
    };
    const board = await getBoard();
    expect(board.repository).toEqual(server.status);
    server.status = { state: 'fresh', branch: 'master' };
  });

  it.each(HOSTILE_NAMES)('finds no service named %j', async name => {
    const encoded = encodeURIComponent(name).replaceAll('.', '%2E');
    for (const path of [
      `/v1/services/payments/${encoded}`,
      `/v1/services/${encoded}/ledger-api`,
      `/v1/services/${encoded}/${encoded}/releases`,
      `/v1/services/${encoded}/${encoded}/diff?from=dev@1&to=dev@2`,
    ]) {
      const response = await server.get(path);
      expect([path, response.status]).toEqual([path, 404]);
    }
    for (const path of [
      `/v1/services/payments/ledger-api/releases?environment=${encoded}`,
      `/v1/activity?environments=${encoded}`,
      `/v1/activity?namespace=payments&service=${encoded}`,
      `/v1/activity?namespace=${encoded}&service=ledger-api`,
    ]) {
      const response = await server.get(path);
      expect([path, response.status, response.body.items]).toEqual([
        path,
        200,
        [],
      ]);
    }
    const diff = await server.get(
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
    const response = await server.get(path);
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
      const none = await server.get(`${route}${query}`, {
        authorization: mockCredentials.none.header(),
      });
      expect([route, none.status]).toEqual([route, 401]);
      const service = await server.get(`${route}${query}`, {
        authorization: mockCredentials.service.header(),
      });
      expect([route, service.status]).toEqual([route, 200]);
    }
    const board = await server.get('/v1/board?squad=mine', {
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
          const response = await server.get(String(url));
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
    await client.getProblems();
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
    const served = await server.get('/openapi.json');
    expect(served.body).toEqual(openApi);
  });
});
