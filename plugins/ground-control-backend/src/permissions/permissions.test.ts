import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import permissionBackend from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  clusterReadPermission,
  decodeBoard,
  repositoryReadPermission,
  serviceReadPermission,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { component, group } from '../__testUtils__/entities';
import { migrate } from '../__testUtils__/migrate';
import { NOW, startServer, TestServer } from '../__testUtils__/startServer';
import { TestClusters } from '../__testUtils__/TestClusters';
import { commitOf, TestHistory } from '../__testUtils__/TestHistory';
import {
  createGroundControlConditionalDecision as decide,
  groundControlConditions as conditions,
} from './serviceRules';

const A = 'group:default/squad-a';
const B = 'group:default/squad-b';

/** What a policy says of reading services, by the name of who asks. */
const POLICY: Record<string, PolicyDecision> = {
  platform: { result: AuthorizeResult.ALLOW },
  reader: { result: AuthorizeResult.ALLOW },
  outsider: { result: AuthorizeResult.DENY },
  'member-a': decide(
    serviceReadPermission,
    conditions.hasSquad({ squads: ['Group:default/Squad-A'] }),
  ),
  'platform-a': decide(
    serviceReadPermission,
    conditions.hasSquad({ squads: [A] }),
  ),
  'member-of-none': decide(
    serviceReadPermission,
    conditions.hasSquad({ squads: [] }),
  ),
  'not-a': decide(serviceReadPermission, {
    not: conditions.hasSquad({ squads: [A] }),
  }),
  'catalog-a-or-b': decide(serviceReadPermission, {
    allOf: [
      conditions.isInCatalog(),
      {
        anyOf: [
          conditions.hasSquad({ squads: [A] }),
          { not: { not: conditions.hasSquad({ squads: [B] }) } },
        ],
      },
    ],
  }),
};

const REPOSITORY_READERS = ['platform', 'platform-a'];
const CLUSTER_READERS = ['platform', 'platform-a', 'not-a', 'outsider'];

class TestPolicy implements PermissionPolicy {
  async handle(
    ...[{ permission }, user]: Parameters<PermissionPolicy['handle']>
  ): Promise<PolicyDecision> {
    const name = user?.info.userEntityRef.split('/')[1] ?? '';
    if (isPermission(permission, serviceReadPermission)) {
      return POLICY[name] ?? { result: AuthorizeResult.DENY };
    }
    const may =
      (isPermission(permission, repositoryReadPermission) &&
        REPOSITORY_READERS.includes(name)) ||
      (isPermission(permission, clusterReadPermission) &&
        CLUSTER_READERS.includes(name));
    return may
      ? { result: AuthorizeResult.ALLOW }
      : { result: AuthorizeResult.DENY };
  }
}

const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'test-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new TestPolicy());
      },
    });
  },
});

/**
 * The permission backend answers with conditions to plugins only, which it
 * tells by who acts for a user. Tokens of tests don't carry that.
 */
const httpAuthFactory = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }): HttpAuthService => {
    const httpAuth = mockServices.httpAuth({ pluginId: plugin.getId() });
    if (plugin.getId() !== 'permission') return httpAuth;
    const credentials = async (
      ...args: Parameters<HttpAuthService['credentials']>
    ) => {
      const found: any = await httpAuth.credentials(...args);
      const actor = { type: 'service', subject: 'plugin:ground-control' };
      return { ...found, principal: { ...found.principal, actor } };
    };
    return {
      credentials: credentials as HttpAuthService['credentials'],
      issueUserCookie: (...args) => httpAuth.issueUserCookie(...args),
    };
  },
});

/** The same in each service's repository, and never built. */
const UNBUILT = 'feedbee'.padEnd(40, '0');

async function fill(knex: Knex) {
  const history = new TestHistory(knex);
  for (const service of ['a-api', 'a-worker', 'b-api', 'lost-api', 'b-rest']) {
    await history.release({
      service,
      environment: 'dev',
      ...(service === 'b-rest' && { squad: 'squad-b' }),
    });
    await history.problem({ code: 'artifact-invalid', service });
    await history.contained(UNBUILT, { service });
  }
  await history.commit({
    kind: 'manifest',
    title: 'Raise limits of a-api and b-api',
    touches: [{ service: 'a-api' }, { service: 'b-api' }],
  });
  await history.commit({ kind: 'other', title: 'Rotate the deploy key' });
  await history.commit({
    kind: 'other',
    title: 'Only b',
    touches: [{ service: 'b-api' }],
  });
  await history.problem({ code: 'policy-invalid' });

  const clusters = new TestClusters(knex, NOW);
  const kustomization = { kind: 'Kustomization', namespace: 'flux-system' };
  await clusters.cluster({
    name: 'dev-1',
    environment: 'dev',
    row: {
      applied_blocker: JSON.stringify({
        ...kustomization,
        name: 'b-api',
        why: 'Something about b-api',
      }),
    },
  });
  await clusters.cluster({
    name: 'dev-2',
    environment: 'dev',
    connection: 'untrusted',
    reason: 'The certificate is of canary.bank.example',
  });
  const judged = [
    ['a-api', 'reconciled'],
    ['a-worker', 'drifted'],
    ['b-api', 'failed'],
    ['lost-api', 'failed'],
  ] as const;
  for (const [i, [service, state]] of judged.entries()) {
    await clusters.judge({
      cluster: 'dev-1',
      environment: 'dev',
      service,
      position: i + 1,
      state,
      message: `Something about ${service}`,
    });
  }
}

describe.each(createTestDatabases().eachSupportedId())(
  'A conditional policy, %s',
  id => {
    const databases = createTestDatabases();
    let server: TestServer;

    beforeAll(async () => {
      const knex = await databases.init(id);
      await migrate(knex);
      await fill(knex);
      server = await startServer({
        knex,
        entities: [
          group('squad-a'),
          group('squad-b'),
          component('a-api', 'squad-a'),
          component('a-worker', 'squad-a'),
          component('b-api', 'squad-b'),
        ],
        config: { permission: { enabled: true } },
        features: [
          permissionBackend,
          policyModule,
          mockServices.permissions.factory(),
          httpAuthFactory,
        ],
      });
      server.status = {
        state: 'failing',
        branch: 'master',
        reason: 'why',
        progress: { done: 1, total: 2 },
      };
    });

    const getAs = (user: string, path: string) =>
      server.get(path, {
        authorization: mockCredentials.user.header(`user:default/${user}`),
      });

    async function see(user: string) {
      const board = decodeBoard((await getAs(user, '/v1/board')).body);
      const activity = (await getAs(user, '/v1/activity')).body.items;
      const problems = (await getAs(user, '/v1/problems')).body.items;
      const commits: string[] = [];
      const details: string[] = [];
      for (const name of ['a-api', 'a-worker', 'b-api', 'lost-api', 'b-rest']) {
        const q = commitOf(name, 1);
        const found = (await getAs(user, `/v1/commits?q=${q}`)).body.matches;
        commits.push(...found.map((match: any) => match.service.name));
        for (const route of ['', '/releases', '/diff?from=dev@1&to=dev@1']) {
          const path = `/v1/services/payments/${name}${route}`;
          const response = await getAs(user, path);
          if (response.status === 200 && !route) details.push(name);
          expect([200, 404]).toContain(response.status);
        }
      }
      return {
        rows: board.rows.map(row => row.service.name),
        problemCount: board.rows.reduce((sum, row) => sum + row.problems, 0),
        squads: board.squads.map(squad => squad.ref),
        activity: activity.map((item: any) => item.title.split(' by ')[0]),
        touched: [
          ...new Set(
            activity.flatMap((item: any) =>
              item.services.map((s: any) => s.service.name),
            ),
          ),
        ].sort(),
        problems: problems
          .map((item: any) => item.service?.name ?? item.code)
          .sort(),
        commits,
        details,
        reason: board.repository.reason,
      };
    }

    it('shows a member of a squad its services and nothing else', async () => {
      const seen = await see('member-a');
      expect(seen).toMatchObject({
        rows: ['a-api', 'a-worker'],
        problemCount: 2,
        squads: [A],
        touched: ['a-api', 'a-worker'],
        problems: ['a-api', 'a-worker'],
        commits: ['a-api', 'a-worker'],
        details: ['a-api', 'a-worker'],
        reason: undefined,
      });
      // The title of a commit that touched others' services too is withheld.
      expect(seen.activity).toEqual([
        '',
        expect.stringContaining('[dev/a-worker]'),
        expect.stringContaining('[dev/a-api]'),
      ]);
      for (const path of [
        '/v1/board',
        '/v1/activity',
        '/v1/problems',
        '/v1/repository',
        `/v1/commits?q=${commitOf('b-api', 1)}`,
        `/v1/commits?q=${UNBUILT}`,
        '/v1/commits?q=master-',
      ]) {
        const { text } = await getAs('member-a', path);
        expect([path, text]).toEqual([
          path,
          expect.not.stringMatching(/b-api|b-rest|lost|squad-b|deploy key|why/),
        ]);
      }
    });

    it('gives what is not a squad’s to who may read the repository', async () => {
      const seen = await see('platform-a');
      expect(seen.rows).toEqual(['a-api', 'a-worker']);
      expect(seen.touched).toEqual(['a-api', 'a-worker']);
      expect(seen.activity.slice(0, 2)).toEqual([
        'Rotate the deploy key',
        'Raise limits of a-api and b-api',
      ]);
      expect(seen.problems).toEqual(['a-api', 'a-worker', 'policy-invalid']);
      expect(seen.reason).toBe('why');
    });

    it.each([
      ['platform', ['a-api', 'a-worker', 'b-api', 'b-rest', 'lost-api'], 8],
      ['reader', ['a-api', 'a-worker', 'b-api', 'b-rest', 'lost-api'], 7],
      ['not-a', ['b-api', 'b-rest', 'lost-api'], 5],
      ['catalog-a-or-b', ['a-api', 'a-worker', 'b-api'], 5],
      ['member-of-none', [], 0],
    ])('shows %s the same everywhere', async (user, services, commits) => {
      const seen = await see(user);
      expect(seen.rows).toEqual(services);
      expect(seen.problemCount).toBe(services.length);
      expect(seen.touched).toEqual(services);
      expect([...seen.commits].sort()).toEqual(services);
      const found = await getAs(user, `/v1/commits?q=${UNBUILT}`);
      expect(
        found.body.matches.map((match: any) => match.service.name).sort(),
      ).toEqual(services);
      expect([...seen.details].sort()).toEqual(services);
      expect(seen.activity).toHaveLength(commits);
      expect(
        seen.problems.filter((name: string) => name !== 'policy-invalid'),
      ).toEqual(services);
      expect(seen.problems.includes('policy-invalid')).toBe(
        user === 'platform',
      );
    });

    it('answers of a hidden service as of one that does not exist', async () => {
      for (const route of [
        '',
        '/releases',
        '/releases?environment=dev',
        '/diff?from=dev@3&to=dev@3',
      ]) {
        const path = (name: string) => `/v1/services/payments/${name}${route}`;
        const hidden = await getAs('member-a', path('b-api'));
        const missing = await getAs('member-a', path('no-api'));
        expect(hidden.status).toBe(404);
        expect(hidden.text.replaceAll('b-api', 'no-api')).toEqual(missing.text);
      }
    });

    it('hides others’ services behind every filter', async () => {
      for (const query of [
        'squad=squad-b',
        'namespace=payments&service=b-api',
        'text=b-rest',
        'text=and b-api',
        `text=${commitOf('b-rest', 1).slice(0, 10)}`,
        'environments=dev&squad=squad-b',
      ]) {
        const { body } = await getAs('member-a', `/v1/activity?${query}`);
        expect([query, body.items]).toEqual([query, []]);
      }
      const board = await getAs('member-a', '/v1/board?squad=squad-b');
      expect(decodeBoard(board.body)).toMatchObject({ rows: [], squads: [] });
      const entity = await getAs(
        'member-a',
        '/v1/board?entity=component:default/b-api',
      );
      expect(decodeBoard(entity.body).rows).toEqual([]);
    });

    it('tells who may see no service so, and the state of reading', async () => {
      for (const path of [
        '/v1/board',
        '/v1/activity',
        '/v1/problems',
        '/v1/commits?q=abcdef0',
      ]) {
        const { status, body } = await getAs('outsider', path);
        expect([path, status, body.error.name]).toEqual([
          path,
          403,
          'NotAllowedError',
        ]);
      }
      const service = await getAs('outsider', '/v1/services/payments/a-api');
      expect(service.status).toBe(404);
      const { body } = await getAs('outsider', '/v1/repository');
      expect(body).toEqual({ state: 'failing', branch: 'master' });
      const full = await getAs('platform', '/v1/repository');
      expect(full.body).toEqual(server.status);
    });

    it.each([
      [
        'platform',
        { failed: 2, drifted: 1, pending: 1, reconciled: 1 },
        ['b-api', 'lost-api', 'a-worker', 'b-rest'],
      ],
      ['platform-a', { drifted: 1, reconciled: 1 }, ['a-worker']],
      ['not-a', { failed: 2, pending: 1 }, ['b-api', 'lost-api', 'b-rest']],
      ['outsider', {}, []],
    ])(
      'counts of a cluster what %s may see',
      async (user, counts: Record<string, number>, attention) => {
        const list = (await getAs(user, '/v1/clusters')).body;
        const one = (await getAs(user, '/v1/clusters/dev-1')).body;
        const two = (await getAs(user, '/v1/clusters/dev-2')).body;
        const known = (services: Record<string, number>) =>
          Object.fromEntries(
            Object.entries(services).filter(([, count]) => count > 0),
          );
        expect(known(list.items[0].services)).toEqual(counts);
        expect(one.services).toEqual(list.items[0].services);
        expect(one.attention.map((s: any) => s.service.name)).toEqual(
          attention,
        );
        // Nothing of the other is known, so that all services are stale there.
        const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
        expect(known(list.items[1].services)).toEqual(
          all ? { stale: all } : {},
        );
        expect(two.attention).toHaveLength(all);
        for (const { sync } of [list.items[0], one]) {
          expect(sync.blockedBy?.name).toBe(
            user === 'platform' ? 'b-api' : undefined,
          );
        }
        if (user !== 'platform-a') return;
        expect(JSON.stringify([list, one, two])).not.toMatch(
          /b-api|b-rest|lost|squad-b/,
        );
      },
    );

    it('keeps what clusters report to who may read clusters', async () => {
      for (const path of [
        '/v1/clusters',
        '/v1/clusters/dev-1',
        '/v1/clusters/no-such',
      ]) {
        const { status, body } = await getAs('member-a', path);
        expect([path, status, body.error.message]).toEqual([
          path,
          403,
          'You may not read clusters: the permission ground-control.cluster.read is missing',
        ]);
      }
      const connections = async (user: string) =>
        decodeBoard((await getAs(user, '/v1/board')).body).clusters.map(
          cluster => cluster.connection,
        );
      expect(await connections('member-a')).toEqual([
        { state: 'live', observedAt: NOW },
        { state: 'untrusted', observedAt: NOW },
      ]);
      expect(await connections('platform-a')).toEqual([
        expect.objectContaining({ since: NOW }),
        expect.objectContaining({
          reason: 'The certificate is of canary.bank.example',
        }),
      ]);
      const path = '/v1/services/payments/a-worker';
      const { body, text } = await getAs('member-a', path);
      expect(body.environments[0].clusters).toMatchObject([
        { state: 'drifted', message: 'Something about a-worker' },
        { state: 'stale', reason: 'not-heard-of' },
      ]);
      expect(text).not.toContain('canary');
      const board = decodeBoard((await getAs('member-a', '/v1/board')).body);
      expect(board.rows.map(row => row.cells[0].clusters)).toEqual([
        ['reconciled', 'stale'],
        ['drifted', 'stale'],
      ]);
    });

    it('lets the framework decide on one service', async () => {
      const apply = (user: string, resourceRef: string) => {
        const decision = POLICY[user] as any;
        return {
          id: `${user} ${resourceRef}`,
          resourceRef,
          resourceType: decision.resourceType,
          conditions: decision.conditions,
        };
      };
      const asked = [
        apply('member-a', 'payments/a-api'),
        apply('member-a', 'payments/b-api'),
        apply('not-a', 'payments/lost-api'),
        apply('not-a', 'payments/a-api'),
        apply('catalog-a-or-b', 'payments/b-rest'),
        apply('catalog-a-or-b', 'payments/b-api'),
        apply('not-a', 'payments/nobody'),
        apply('not-a', 'a/b/c'),
      ];
      const response = await server
        .post('/.well-known/backstage/permissions/apply-conditions', {
          items: asked,
        })
        .set('authorization', mockCredentials.service.header());
      expect(response.body.items?.map((item: any) => item.result)).toEqual([
        'ALLOW',
        'DENY',
        'ALLOW',
        'DENY',
        'DENY',
        'ALLOW',
        'DENY',
        'DENY',
      ]);
    });
  },
);
