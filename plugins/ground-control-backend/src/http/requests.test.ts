import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  GroundControlClient,
  ReleaseRequestDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { createTestDatabases } from '../__testUtils__/databases';
import { HOSTILE_NAMES } from '../__testUtils__/hostileNames';
import { migrate } from '../__testUtils__/migrate';
import { startRouter, TestRouter } from '../__testUtils__/startRouter';
import { AccessService } from '../permissions';
import {
  EXPIRE_AFTER_MS,
  RequestsFixture,
  SERVICE,
} from '../requests/__testUtils__/RequestsFixture';
import { verdict } from '../requests/__testUtils__/ScriptedPolicies';
import { createReading } from '../requests/reading/__testUtils__/createReading';
import { readOpenApi } from './openApiRouter';

const openApi = readOpenApi() as any;
const SETTINGS = {
  repository: 'default',
  environments: ['dev', 'staging', 'prod'],
  mainBranch: 'master',
  links: [],
  catalogIntervalMs: 0,
};
const REASON = 'Payments fail; incident 4711';

describe.each(createTestDatabases().eachSupportedId())(
  'The routes of requests, %s',
  id => {
    const databases = createTestDatabases();
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(openApi, 'api');
    let fixture: RequestsFixture;
    let router: TestRouter;
    let artifactId: string;
    let told: Array<Record<string, unknown>>;
    let keys = 0;

    beforeEach(async () => {
      const knex = await databases.init(id);
      await migrate(knex);
      fixture = new RequestsFixture(knex);
      [, artifactId] = await fixture.fill();
      told = [];
      const access = new AccessService({
        permissions: fixture.permissions,
        permissionsRegistry: mockServices.permissionsRegistry.mock(),
      });
      router = await startRouter({
        knex,
        settings: SETTINGS,
        access,
        auditor: {
          createEvent: async ({ eventId, severityLevel, meta }) => {
            const event = { eventId, severityLevel, meta };
            return {
              success: async () => {
                told.push({ ...event, end: 'success' });
              },
              fail: async ({ error }) => {
                told.push({ ...event, end: error.name });
              },
            };
          },
        },
        requests: {
          service: fixture.requests,
          reading: createReading(fixture),
        },
        now: () => fixture.now,
      });
    });
    afterEach(async () => {
      await router.stop();
      await fixture.stop();
    });

    /** The answer, checked against what openapi.yaml says of the operation. */
    function check(
      response: { status: number; body: any },
      path: string,
      method = 'get',
    ) {
      const said = openApi.paths[path][method].responses[response.status];
      expect([
        path,
        response.status,
        response.body.error,
        Boolean(said),
      ]).toEqual([path, response.status, undefined, true]);
      const at = `paths/${path.replaceAll('/', '~1')}/${method}/responses/${
        response.status
      }/content/application~1json/schema`;
      ajv.validate({ $ref: `api#/${at}` }, response.body);
      expect([path, ajv.errorsText()]).toEqual([path, 'No errors']);
      return response.body;
    }

    const wish = (more: object = {}) => ({
      service: SERVICE,
      environment: 'prod',
      intent: 'release-artifact',
      artifactId,
      ...more,
    });
    const askBody = (more: object = {}) => {
      keys += 1;
      return { wishes: [wish()], idempotencyKey: `form-${keys}`, ...more };
    };
    const ask = async (by?: string) =>
      check(
        await router.post('/v1/requests', askBody(), by),
        '/v1/requests',
        'post',
      );
    const read = async (request: string, by?: string) =>
      check(
        await router.get(`/v1/requests/${request}`, by),
        '/v1/requests/{id}',
      ) as ReleaseRequestDetail;

    it.each(
      HOSTILE_NAMES.flatMap(name => [
        { service: { ...SERVICE, name } },
        { service: { ...SERVICE, namespace: name } },
        { environment: name },
        { artifactId: name },
        { intent: 'release-branch', artifactId: undefined, branch: name },
      ]),
    )('write nothing of %j', async hostile => {
      const wishes = [wish(hostile)];
      const preview = await router.post('/v1/requests/preview', { wishes });
      expect([200, 400, 404]).toContain(preview.status);
      const said = preview.body[0]?.ask ?? preview.body.error;
      expect(said).not.toMatchObject({ allowed: true });
      expect(said.message).not.toMatch(/\n|\u202E/);
      const asked = await router.post('/v1/requests', askBody({ wishes }));
      expect([400, 403, 404, 409]).toContain(asked.status);
      expect(asked.body.error.message).not.toMatch(/\n|\u202E/);
      expect(await fixture.knex('release_requests')).toEqual([]);
      expect(await fixture.knex('audit_entries')).toEqual([]);
    });

    it('take a request from the choices to the approval', async () => {
      const choices = check(
        await router.get(
          '/v1/services/payments/ledger-api/choices?environment=prod',
        ),
        '/v1/services/{namespace}/{service}/choices',
      );
      expect(choices.candidates).toHaveLength(2);
      const [preview] = check(
        await router.post('/v1/requests/preview', { wishes: [wish()] }),
        '/v1/requests/preview',
        'post',
      );
      expect(preview).toMatchObject({ ask: { allowed: true }, artifactId });
      const [asked] = await ask();
      expect(asked).toMatchObject({ id: 'REQ-1', state: 'pending' });
      const page = check(
        await router.get('/v1/requests?status=waiting&squad=all', 'dee.park'),
        '/v1/requests',
      );
      expect(page).toMatchObject({
        items: [{ id: 'REQ-1', mayDecide: true }],
        counts: { waiting: 1, others: 0, mine: 0 },
      });
      const { evidence } = await read('REQ-1', 'dee.park');
      check(
        await router.get('/v1/requests/REQ-1/diff'),
        '/v1/requests/{id}/diff',
      );
      const decided = check(
        await router.post(
          '/v1/requests/REQ-1/decision',
          { decision: 'approve', evidence, accepted: [] },
          'dee.park',
        ),
        '/v1/requests/{id}/decision',
        'post',
      );
      expect(decided.request).toMatchObject({
        state: 'approved',
        decisions: [{ by: { name: 'Dee Park' }, decision: 'approve' }],
      });
      expect(told).toEqual([
        {
          eventId: 'request-ask',
          severityLevel: 'medium',
          meta: undefined,
          end: 'success',
        },
        {
          eventId: 'request-decision',
          severityLevel: 'medium',
          meta: { request: 1 },
          end: 'success',
        },
      ]);
    });

    it('give older artifacts and releases to choose from, page by page', async () => {
      const PATH = '/v1/services/payments/ledger-api/choices';
      const TEMPLATE = '/v1/services/{namespace}/{service}/choices';
      for (let number = 3; number <= 60; number += 1) {
        const build = { service: SERVICE.name, number };
        await fixture.history.release({
          ...build,
          environment: 'prod',
          tree: String(number).padStart(40, '0'),
        });
      }
      const choices = check(
        await router.get(`${PATH}?environment=prod`),
        TEMPLATE,
      );
      const builds = check(
        await router.get(`${PATH}/candidates?before=${choices.nextCandidates}`),
        `${TEMPLATE}/candidates`,
      );
      expect(builds.items).toHaveLength(10);
      expect(builds).not.toHaveProperty('next');
      const releases = check(
        await router.get(
          `${PATH}/rollbacks?environment=prod&before=${choices.nextRollbacks}`,
        ),
        `${TEMPLATE}/rollbacks`,
      );
      expect(releases.items).toHaveLength(10);
      expect(releases.items[0].release.position).toBe(
        choices.rollbacks.at(-1).release.position - 1,
      );
      const found = check(
        await router.get(`${PATH}/candidates?text=change%207%20`),
        `${TEMPLATE}/candidates`,
      );
      expect(found.items).toMatchObject([
        { artifact: { message: 'Change 7 of ledger-api' } },
      ]);
      fixture.allow(() => false);
      for (const path of ['candidates', 'rollbacks?environment=prod']) {
        expect((await router.get(`${PATH}/${path}`)).status).toBe(404);
      }
    });

    it('speak with the client', async () => {
      const client = (by: string) =>
        new GroundControlClient({
          baseUrl: router.url,
          fetchApi: {
            fetch: (input, init) =>
              fetch(input, {
                ...init,
                headers: {
                  ...init?.headers,
                  authorization: mockCredentials.user.header(
                    `user:default/${by}`,
                  ),
                },
              }),
          },
          toError: async response => new Error(await response.text()),
        });
      const ana = client('ana.ruiz');
      const { candidates } = await ana.getReleaseChoices(SERVICE, 'prod');
      const wishes = [wish({ artifactId: candidates[0].artifact.id })] as any;
      expect(
        await ana.getReleaseCandidates(SERVICE, { text: 'change 1' }),
      ).toMatchObject({ items: [{ artifact: candidates[1].artifact }] });
      expect(
        await ana.getRollbackCandidates(SERVICE, { environment: 'prod' }),
      ).toMatchObject({ items: [] });
      expect(await ana.previewRequests(wishes)).toHaveLength(1);
      const asked = { wishes, idempotencyKey: 'one' };
      const [{ id: first }] = await ana.askForReleases(asked);
      expect(await ana.askForReleases(asked)).toMatchObject([{ id: first }]);
      expect(await ana.getRequests({ service: SERVICE })).toMatchObject({
        items: [{ id: first }],
      });
      expect(await ana.remindRequest(first)).toMatchObject({
        remind: { allowed: false, code: 'too-soon' },
        timeline: [{ code: 'asked' }, { code: 'reminded' }],
      });
      expect(await ana.cancelRequest(first)).toMatchObject({
        request: { state: 'cancelled' },
      });
      const again = await ana.repeatRequest(first, 'two');
      expect(again.request).toMatchObject({ id: 'REQ-2', state: 'pending' });
      const dee = client('dee.park');
      const { evidence } = await dee.getRequest('REQ-2');
      expect(await dee.getRequestDiff('REQ-2')).toHaveProperty('files');
      expect(
        await dee.decideRequest('REQ-2', {
          decision: 'reject',
          evidence,
          comment: 'Not on a Friday',
        }),
      ).toMatchObject({ request: { state: 'rejected' } });
      expect((await ana.getAudit({ request: 'REQ-2' })).items).toHaveLength(2);
      expect(await ana.verifyAudit()).toMatchObject({ faults: [], heads: 0 });
    });

    it('go over a block, and tell the auditor so', async () => {
      fixture.policies.verdicts = [
        verdict('tests', 'block', { overridable: true }),
      ];
      await ask();
      const { evidence } = await read('REQ-1', 'flo.berg');
      const answer = check(
        await router.post(
          '/v1/requests/REQ-1/override',
          { evidence, reason: REASON },
          'flo.berg',
        ),
        '/v1/requests/{id}/override',
        'post',
      );
      expect(answer.request).toMatchObject({ override: true });
      expect(told.at(-1)).toMatchObject({
        eventId: 'request-override',
        severityLevel: 'high',
        end: 'success',
      });
    });

    it('refuse in words, tell the auditor, and write it down', async () => {
      await ask();
      const { evidence } = await read('REQ-1');
      const decide = (by: string, body: object = {}) =>
        router.post(
          '/v1/requests/REQ-1/decision',
          { decision: 'approve', evidence, ...body },
          by,
        );
      for (const [by, status, name] of [
        ['ana.ruiz', 403, 'NotAllowedError'],
        ['flo.berg', 403, 'NotAllowedError'],
        [mockCredentials.service.header(), 403, 'NotAllowedError'],
      ] as const) {
        const { status: given, body } = await decide(by);
        expect([by, given, body.error.name]).toEqual([by, status, name]);
        expect(body.error.message).toMatch(/\w+ \w+/);
        expect(told.at(-1)).toMatchObject({ end: name });
      }
      const stale = await decide('dee.park', { evidence: 'a'.repeat(64) });
      expect([stale.status, stale.body.error.name]).toEqual([
        409,
        'ConflictError',
      ]);
      const actions = await fixture.actions();
      expect(actions.filter(a => a === 'request.refused')).toHaveLength(3);
    });

    it('say that nobody decided in time', async () => {
      await ask();
      const { evidence } = await read('REQ-1', 'dee.park');
      fixture.now = new Date(fixture.now.getTime() + EXPIRE_AFTER_MS);
      const late = async (what: string, body: object, by: string) => {
        const answer = await router.post(
          `/v1/requests/REQ-1/${what}`,
          body,
          by,
        );
        const operation = openApi.paths[`/v1/requests/{id}/${what}`].post;
        expect(operation.responses).toHaveProperty(String(answer.status));
        return [answer.status, answer.body.error.code];
      };
      const decision = { decision: 'approve', evidence };
      const gone = [410, 'expired'];
      expect(await late('decision', decision, 'dee.park')).toEqual(gone);
      const override = { evidence, reason: REASON };
      expect(await late('override', override, 'dee.park')).toEqual(gone);
      expect(await late('remind', {}, 'ana.ruiz')).toEqual(gone);
      await fixture.knex('release_requests').update({ state: 'expired' });
      expect(await late('cancel', {}, 'ana.ruiz')).toEqual(gone);
    });

    it.each([
      ['x-user', 'user:default/dee.park'],
      ['x-remote-user', 'dee.park'],
      ['x-forwarded-user', 'dee.park'],
      ['x-forwarded-email', 'dee@bank.example'],
      ['x-backstage-user', 'user:default/dee.park'],
      ['x-auth-request-user', 'dee.park'],
      ['from', 'dee@bank.example'],
      ['on-behalf-of', 'user:default/dee.park'],
      [
        'x-backstage-token',
        mockCredentials.user.token('user:default/dee.park'),
      ],
      ['cookie', mockCredentials.limitedUser.cookie('user:default/dee.park')],
    ])(
      'take nobody’s word for who they are: the header %s',
      async (name, who) => {
        const [asked] = check(
          await router.post('/v1/requests', askBody()).set(name, who),
          '/v1/requests',
          'post',
        );
        expect(asked.requestedBy.entityRef).toBe('user:default/ana.ruiz');
        const { evidence } = await read('REQ-1');
        const decide = (by: string) =>
          router
            .post(
              '/v1/requests/REQ-1/decision',
              { decision: 'approve', evidence },
              by,
            )
            .set(name, who);
        const own = await decide('ana.ruiz');
        expect([own.status, own.body.error.message]).toEqual([
          403,
          expect.stringContaining('You asked for this release'),
        ]);
        expect((await decide('flo.berg')).status).toBe(403);
        expect((await decide(mockCredentials.service.header())).status).toBe(
          403,
        );
        expect((await decide(mockCredentials.none.header())).status).toBe(401);
        expect(await fixture.knex('release_request_decisions')).toEqual([]);
        expect((await read('REQ-1')).request.state).toBe('pending');
      },
    );

    it.each([
      ['decision', 'ana.ruiz', { decision: 'approve' }],
      ['decision', 'dee.park', { decision: 'approve' }],
      ['override', 'dee.park', { reason: REASON }],
      ['cancel', 'ana.ruiz', undefined],
    ])(
      'take nobody’s word for who they are: the body of %s, by %s',
      async (action, by, more) => {
        await ask();
        const { evidence } = await read('REQ-1');
        const { status, body } = await router.post(
          `/v1/requests/REQ-1/${action}`,
          {
            ...(more && { evidence, ...more }),
            decidedBy: 'user:default/dee.park',
          },
          by,
        );
        expect([status, body.error?.name, body.error?.message]).toEqual([
          400,
          'InputError',
          expect.stringContaining('decidedBy'),
        ]);
        expect(await fixture.knex('release_request_decisions')).toEqual([]);
        expect((await read('REQ-1')).request.state).toBe('pending');
      },
    );

    it('let services read, and nobody without credentials', async () => {
      await ask();
      const service = mockCredentials.service.header();
      expect((await router.get('/v1/requests', service)).status).toBe(200);
      expect((await router.get('/v1/requests/REQ-1', service)).status).toBe(
        200,
      );
      expect(
        (await router.post('/v1/requests', askBody(), service)).status,
      ).toBe(403);
      const none = mockCredentials.none.header();
      for (const path of ['/v1/requests', '/v1/requests/REQ-1', '/v1/audit']) {
        expect((await router.get(path, none)).status).toBe(401);
      }
      expect((await router.post('/v1/requests', askBody(), none)).status).toBe(
        401,
      );
      expect(await fixture.knex('release_requests')).toHaveLength(1);
    });

    it('refuse bodies and queries that can’t be read, in words', async () => {
      const post = (body: string, type = 'application/json') =>
        router.post('/v1/requests', body).set('content-type', type);
      const long = JSON.stringify({ wishes: [], reason: 'x'.repeat(70_000) });
      for (const [sent, words] of [
        [router.post('/v1/requests', undefined), 'application/json'],
        [post('wishes=1', 'text/plain'), 'application/json'],
        [post('{"wishes":'), 'no JSON'],
        [post('[]'), 'body'],
        [post(long), '64 kB'],
        [
          router.post('/v1/requests', {
            ...askBody(),
            requestedBy: 'user:default/dee.park',
          }),
          'requestedBy',
        ],
        [router.post('/v1/requests/REQ-x/cancel', {}), 'REQ- and a number'],
        [router.get('/v1/requests?status=open'), 'status'],
        [router.get('/v1/requests?before=x'), 'an earlier page'],
        [router.get('/v1/requests?limit=201'), 'limit'],
        [router.get('/v1/requests?service=x'), 'together'],
        [router.get('/v1/requests/1'), 'REQ- and a number'],
        [router.get('/v1/services/payments/ledger-api/choices'), 'environment'],
        [
          router.get('/v1/services/payments/ledger-api/choices?environment=x'),
          'there are dev',
        ],
        [
          router.get(
            '/v1/services/payments/ledger-api/choices/candidates?before=x',
          ),
          'an earlier page',
        ],
        [
          router.get(
            '/v1/services/payments/ledger-api/choices/rollbacks?environment=prod&before=x',
          ),
          'an earlier page',
        ],
        [
          router.get('/v1/services/payments/ledger-api/choices/rollbacks'),
          'environment',
        ],
      ] as const) {
        const { status, body } = await sent;
        expect([words, status, body.error?.name]).toEqual([
          words,
          400,
          'InputError',
        ]);
        expect(body.error.message).toContain(words);
      }
    });

    it('answer of what may not be seen as of what isn’t there', async () => {
      await ask();
      fixture.allow(() => false);
      for (const path of ['', '/diff']) {
        const hidden = await router.get(`/v1/requests/REQ-1${path}`);
        const missing = await router.get(`/v1/requests/REQ-9${path}`);
        expect(hidden.status).toBe(404);
        expect(hidden.text.replaceAll('REQ-1', 'REQ-9')).toBe(missing.text);
      }
      const body = { decision: 'approve', evidence: 'a'.repeat(64) };
      for (const action of ['decision', 'cancel']) {
        const { status } = await router.post(
          `/v1/requests/REQ-1/${action}`,
          action === 'cancel' ? {} : body,
        );
        expect(status).toBe(404);
      }
      expect((await router.get('/v1/requests')).status).toBe(403);
      expect((await router.post('/v1/requests', askBody())).status).toBe(404);
    });

    it('say that nothing is new', async () => {
      await ask();
      for (const path of [
        '/v1/requests',
        '/v1/requests/REQ-1',
        '/v1/services/payments/ledger-api/choices?environment=prod',
      ]) {
        const first = await router.get(path);
        fixture.now = new Date(fixture.now.getTime() + 1000);
        const again = await router
          .get(path)
          .set('if-none-match', first.headers.etag);
        expect([path, again.status, again.text]).toEqual([path, 304, '']);
      }
    });
  },
);

it('answers without a config repository that there are no requests', async () => {
  const router = await startRouter({
    knex: undefined as any,
    settings: SETTINGS,
    access: new AccessService({
      permissions: mockServices.permissions.mock(),
      permissionsRegistry: mockServices.permissionsRegistry.mock(),
    }),
  });
  const answers = await Promise.all([
    router.get('/v1/requests'),
    router.get('/v1/requests/REQ-1'),
    router.post('/v1/requests/REQ-1/cancel', {}),
    router.post('/v1/requests/REQ-1/remind', {}),
  ]);
  for (const { status, body } of answers) {
    expect(status).toBe(404);
    expect(body.error.message).toContain('no config repository is configured');
  }
  await router.stop();
});
