import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  ChangePolicies,
  Policies,
  PolicyEdit,
  PolicyPreview,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';
import { PolicyWorld } from '../policies/edit/__testUtils__/PolicyWorld';
import { emptyTables } from '../requests/__testUtils__/emptyTables';
import { insertAccess } from '../requests/__testUtils__/insertAccess';
import { insertRequest } from '../requests/__testUtils__/insertRequest';
import { SERVICE } from '../requests/__testUtils__/RequestsFixture';
import { readOpenApi } from './openApiRouter';

const openApi = readOpenApi() as any;
const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
ajv.addSchema(openApi, 'api');

const SQUAD = 'group:default/squad-ledger';
const OWN: PolicySubject = { level: 'squad', squad: SQUAD };
const OF_SERVICE: PolicySubject = { level: 'service', service: SERVICE };
const YAML = `# Everybody's.
defaults:
  environments:
    prod: { approvals: 1, soak: 30m }
squads:
  squad-ledger: # The ledger's.
    environments:
      prod: { approvals: 2 }
  squad-fx:
    environments:
      prod: { tests: block }
`;

const rules = (subject: PolicySubject, to: unknown): PolicyEdit =>
  ({ kind: 'rules', subject, rules: to } as PolicyEdit);
const restrict = (
  branchRegex: string | null,
  environment = 'prod',
): PolicyEdit => ({
  kind: 'branch-restriction',
  service: SERVICE,
  environment,
  branchRegex,
});
const approvals = (count: number) => ({
  environments: { prod: { approvals: count } },
});

describe.each(createTestDatabases().eachSupportedId())(
  'The routes of policies, %s',
  id => {
    const databases = createTestDatabases();
    let knex: Knex;
    let world: PolicyWorld;

    const start = async (
      options: Parameters<typeof PolicyWorld.start>[1] = {},
    ) => {
      await emptyTables(knex);
      world = await PolicyWorld.start(knex, options);
    };
    beforeAll(async () => {
      knex = await databases.init(id);
      await migrate(knex);
    });
    afterEach(() => world.stop());

    /** The answer, checked against what openapi.yaml says of it. */
    function check(
      response: { status: number; body: any },
      path: string,
      method = 'post',
      status = 200,
    ) {
      expect([response.status, response.body.error?.message]).toEqual([
        status,
        status === 200 ? undefined : expect.any(String),
      ]);
      const said = `paths/${path.replaceAll(
        '/',
        '~1',
      )}/${method}/responses/200`;
      if (status === 200) {
        ajv.validate(
          { $ref: `api#/${said}/content/application~1json/schema` },
          response.body,
        );
        expect(ajv.errorsText()).toBe('No errors');
      } else {
        expect(openApi.paths[path][method].responses[status]).toBeDefined();
      }
      return response.body;
    }
    const read = async (query = '', by?: string): Promise<Policies> =>
      check(
        await world.router.get(`/v1/policies${query}`, by),
        '/v1/policies',
        'get',
      );
    const ofSquad = (by?: string) => read(`?squad=${SQUAD}`, by);
    const ofService = (by?: string) =>
      read('?namespace=payments&service=ledger-api', by);
    const preview = async (
      change: PolicyEdit,
      by = 'dee.park',
    ): Promise<PolicyPreview> =>
      check(
        await world.router.post('/v1/policies/preview', { change }, by),
        '/v1/policies/preview',
      );
    const send = (body: ChangePolicies | object, by = 'dee.park') =>
      world.router.post('/v1/policies/changes', body, by);
    /** On what the file is now. */
    const change = async (edit: PolicyEdit, by?: string, more: object = {}) => {
      const { object } = await preview(edit, by);
      return send({ change: edit, object, ...more }, by);
    };
    const done = async (...args: Parameters<typeof change>) =>
      check(await change(...args), '/v1/policies/changes');
    const refused = async (status: number, response: Promise<any>) => {
      const { error } = check(
        await response,
        '/v1/policies/changes',
        'post',
        status,
      );
      return `${error.code ?? error.name}: ${error.message}`;
    };

    describe('with a writer', () => {
      beforeEach(() => start());

      it('say what holds, who says so, where, and who may change it', async () => {
        await world.write({
          'ground-control.yaml': YAML,
          'policies/ledger-api.json': JSON.stringify({
            service: 'ledger-api',
            autoReleases: [{ branch: 'master', environment: 'dev' }],
            branchRestrictions: [
              { branchRegex: '^master$', environment: 'prod' },
            ],
          }),
        });
        const policies = await ofService('dee.park');
        const prod = policies.environments[2];
        expect(prod.rules[0]).toEqual({
          rule: 'approvals',
          value: '2',
          source: {
            file: 'ground-control.yaml',
            line: 8,
            text: 'approvals: 2',
            keptBy: 'squad',
          },
          stated: [
            expect.objectContaining({ place: 'defaults', value: '1' }),
            expect.objectContaining({ place: 'squad', value: '2' }),
          ],
        });
        expect(prod.rules.find(({ rule }) => rule === 'soak')).toMatchObject({
          value: '30m',
          source: { line: 4 },
        });
        expect(prod.rules.find(({ rule }) => rule === 'tests')).toEqual({
          rule: 'tests',
          value: 'warn',
          stated: [],
        });
        expect(prod.branchRestrictions).toMatchObject([
          {
            branchRegex: '^master$',
            source: { file: 'policies/ledger-api.json' },
          },
        ]);
        expect(policies.environments[0].autoRelease?.branch).toBe('master');
        expect(policies).toMatchObject({
          squad: SQUAD,
          rules: {
            name: 'payments/ledger-api',
            text: '',
            says: {},
            edit: { allowed: true },
          },
          service: { edit: { allowed: true } },
        });
        const squad = await ofSquad('ana.ruiz');
        expect(squad.rules).toMatchObject({
          name: 'squad-ledger',
          line: 6,
          text: YAML.split('\n').slice(5, 8).join('\n'),
          says: { environments: { prod: { approvals: 2 } } },
          edit: { allowed: false, code: 'not-a-lead' },
        });
        expect((await read('', 'dee.park')).rules.edit).toMatchObject({
          allowed: false,
          code: 'not-platform',
        });
        expect((await read('', 'pat.moss')).rules.edit.allowed).toBe(true);
      });

      it('say until when a rollback pauses what is released by itself, and what keeps it from that', async () => {
        const end = Date.now() + 3_600_000;
        await knex('auto_release_pauses').insert(
          [null, 'It was refused.'].map((fault, index) => ({
            repository: 'default',
            environment: ['staging', 'prod'][index],
            namespace: 'payments',
            service: 'ledger-api',
            until: end,
            number: 7 + index,
            phase: 'wanted',
            fault,
          })),
        );
        const { environments } = await ofService();
        const said = { until: new Date(end).toISOString() };
        expect(environments.map(one => one.autoReleasePause)).toEqual([
          undefined,
          { ...said, requestId: 'REQ-7' },
          { ...said, requestId: 'REQ-8', fault: 'It was refused.' },
        ]);
      });

      it('show a change before it is made, and make it as one commit', async () => {
        await world.write({ 'ground-control.yaml': YAML });
        const edit = rules(OWN, approvals(1));
        const shown = await preview(edit);
        expect(shown).toMatchObject({
          outcome: 'change',
          faults: [],
          apply: { allowed: true },
          effects: [
            {
              environment: 'prod',
              rule: 'approvals',
              before: '2',
              after: '1',
              direction: 'laxer',
              approvalsRemoved: true,
            },
          ],
        });
        expect(shown.diff!.hunks[0].lines).toContain(
          '-      prod: { approvals: 2 }',
        );
        expect(world.commits()).toBe(2);
        const answer = await done(edit, 'dee.park', {
          reason: 'One is enough\n\nApproved-by: Eve <eve@example.com>',
        });
        expect(answer.revision).toBe(world.repository.tip());
        expect(world.commits()).toBe(3);
        expect(world.file('ground-control.yaml')).toContain(
          "squad-ledger:\n    # The ledger's.\n    environments:\n      prod: { approvals: 1 }\n  squad-fx",
        );
        expect(world.message()).toMatch(
          /^Change policies: squad squad-ledger\n\nOne is enough Approved-by: Eve <eve@example.com>\n\nChanged-by: Dee Park <dee@bank.example>\nAudit-head: \d+ [0-9a-f]{64}$/,
        );
        const [entry] = await world.entries('policy.changed');
        expect(entry).toMatchObject({
          actor: 'user:default/dee.park',
          revision: answer.revision,
        });
        expect(JSON.parse(entry.details)).toMatchObject({
          approvalsRemoved: true,
          effects: ['prod: approvals 2 → 1 (laxer)'],
          squad: SQUAD,
        });
        // The answer's reader sees it at once.
        expect((await ofSquad()).revision).toBe(answer.revision);
      });

      it('change release-manager’s policies as it does', async () => {
        await done(restrict('^master$'));
        expect(world.message()).toMatch(
          /^\[ledger-api\] policy update: apply branch-restriction in 'prod'\n/,
        );
        expect(JSON.parse(world.file('policies/ledger-api.json'))).toEqual({
          service: 'ledger-api',
          branchRestrictions: [
            {
              id: 'branch-restriction-prod',
              branchRegex: '^master$',
              environment: 'prod',
            },
          ],
        });
        const [entry] = await world.entries('policy.changed');
        expect(entry).toMatchObject({
          service: 'ledger-api',
          environment: 'prod',
        });
        const again = await done(restrict('^master$'));
        expect(again.revision).toBeUndefined();
        expect(await preview(restrict('(?=x)'))).toMatchObject({
          outcome: 'refused',
          faults: [{ message: expect.stringMatching(/RE2/) }],
        });
      });

      it('take a change for the file that was seen alone, and say what others changed', async () => {
        await world.write({ 'ground-control.yaml': YAML });
        const { object } = (await ofSquad()).rules;
        const edit = rules(OWN, approvals(3));
        await world.write({
          'ground-control.yaml': YAML.replace('soak: 30m', 'soak: 2h'),
        });
        expect(await refused(409, send({ change: edit, object }))).toMatch(
          /^changed: ground-control.yaml was changed since .* prod: soak 30m → 2h \(stricter\)/,
        );
        // Pushed by somebody, and fetched by nobody yet.
        const now = (await ofSquad()).rules.object;
        world.repository.commit({
          message: 'By hand',
          files: { 'ground-control.yaml': YAML.replace('2 }', '0 }') },
        });
        expect(await refused(409, send({ change: edit, object: now }))).toMatch(
          /^changed: .* prod: approvals 2 → 1 \(laxer\)/,
        );
        expect(await world.entries('policy.changed')).toEqual([]);
      });

      it('make it once, however often it is sent', async () => {
        const edit = rules(OWN, approvals(2));
        const both = await Promise.all([change(edit), change(edit)]);
        expect(both.map(({ status }) => status).sort()).not.toContain(500);
        expect(both.some(({ status }) => status === 200)).toBe(true);
        expect((await done(edit)).revision).toBeUndefined();
        expect(world.commits()).toBe(2);
        expect(await world.entries('policy.changed')).toHaveLength(1);
      });

      it('put it on the tip when the branch moved and the file did not', async () => {
        world.mirror.at = moment => {
          if (moment !== 'push' || world.mirror.pushes > 0) return;
          world.repository.commit({ message: 'Other', files: { OTHER: 'x' } });
        };
        await done(rules(OWN, approvals(2)));
        expect(world.mirror.pushes).toBe(2);
        expect(world.commits()).toBe(3);
        expect(world.file('OTHER')).toBe('x');
      });

      it.each<[string, number, string | undefined, PolicyEdit, RegExp]>([
        [
          'somebody who leads nothing',
          403,
          'ana.ruiz',
          rules(OWN, approvals(1)),
          /^not-a-lead: Only a lead of squad-ledger/,
        ],
        [
          'the lead of another squad',
          403,
          'flo.berg',
          rules(OF_SERVICE, approvals(1)),
          /^not-a-lead:/,
        ],
        [
          'the lead of another squad, of its branches',
          403,
          'flo.berg',
          restrict('.*'),
          /^not-a-lead:/,
        ],
        [
          'a lead who changes the defaults',
          403,
          'dee.park',
          rules({ level: 'defaults' }, approvals(0)),
          /^not-platform: Only platform engineers/,
        ],
        [
          'a service’s token',
          403,
          mockCredentials.service.header(),
          rules(OWN, approvals(1)),
          /^not-a-person:/,
        ],
      ])('refuse %s, and note it', async (_, status, by, edit, message) => {
        expect(await refused(status, change(edit, by))).toMatch(message);
        expect(world.commits()).toBe(1);
        const [entry] = await world.entries('policy.refused');
        expect(JSON.parse(entry.details).what).toBe('change-policies');
      });

      it('refuse whoever acts on a lead’s behalf', async () => {
        const onBehalf = mockCredentials.user('user:default/dee.park', {
          actor: { subject: 'plugin:other' },
        });
        const edit = rules(OWN, approvals(2));
        await expect(
          world.policies.change(onBehalf, { change: edit, object: null }),
        ).rejects.toMatchObject({ name: 'NotAllowedError' });
        const [entry] = await world.entries('policy.refused');
        expect(entry.actor).toBe('system:plugin:other');
      });

      it('refuse whoever lacks the permission for one of the services', async () => {
        world.fixture.allow(name => name !== 'ground-control.policy.update');
        expect(await refused(403, change(rules(OWN, approvals(2))))).toMatch(
          /^permission: .*ground-control.policy.update/,
        );
      });

      it('show nothing of services that somebody may not see', async () => {
        world.fixture.allow(() => false);
        for (const query of [
          `?squad=${SQUAD}`,
          '?namespace=payments&service=ledger-api',
          '?squad=group:default/nobody',
          '?namespace=..&service=..%2f..%2fetc',
        ]) {
          const { status } = await world.router.get(`/v1/policies${query}`);
          expect([query, status]).toEqual([query, 404]);
        }
        expect((await world.router.get('/v1/policies')).status).toBe(403);
      });

      it('ask the leads of all squads whose services have the name', async () => {
        await world.knex('services').insert({
          repository: 'default',
          namespace: 'fx',
          service: 'ledger-api',
          squad_ref: 'group:default/squad-fx',
          squad_source: 'catalog',
          in_repository: true,
          in_catalog: true,
        });
        // release-manager has one file for both.
        expect(await refused(403, change(restrict('.*')))).toMatch(
          /^not-a-lead: These policies are about services of several squads.*squad-fx/,
        );
        await done(rules(OF_SERVICE, approvals(2)));
        expect(world.file('ground-control.yaml')).toContain(
          'payments/ledger-api:',
        );
      });

      it('leave a squad that names itself owner of another’s service to the platform engineers', async () => {
        await world
          .knex('services')
          .where({ service: 'ledger-api' })
          .update({ squad_ref: 'group:default/squad-fx' });
        const edit = rules(OF_SERVICE, {
          environments: { prod: { onlyWhenWarning: true } },
        });
        expect(await refused(403, change(edit, 'flo.berg'))).toMatch(
          /^not-platform: Catalog and the artifact/,
        );
        await done(edit, 'pat.moss');
      });

      it('let nobody make it easier for a request of their own', async () => {
        await world.write({ 'ground-control.yaml': YAML });
        const laxer = rules(OWN, approvals(1));
        // No policy is about access.
        await insertAccess(world.knex, {
          namespace: SERVICE.namespace,
          service: SERVICE.name,
          requested_by: 'user:default/dee.park',
        });
        expect((await preview(laxer)).apply).toEqual({ allowed: true });
        await insertRequest(world.knex, {
          environment: 'prod',
          namespace: SERVICE.namespace,
          service: SERVICE.name,
          requested_by: 'user:default/dee.park',
          state: 'pending',
        });
        expect(await refused(403, change(laxer))).toMatch(
          /^own-request: You asked for REQ-2, .*laxer/,
        );
        const stricter = rules(OWN, approvals(3));
        expect((await preview(stricter)).apply).toEqual({ allowed: true });
        await done(laxer, 'eli.voss');
      });

      it.each<[string, string, RegExp]>([
        ['no YAML', 'defaults: [\n', /line 2: it is not YAML/],
        [
          'a bomb of aliases',
          `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n`,
          /line 1: there is an anchor or alias/,
        ],
        [
          'a part that can’t be used',
          'squads: { squad-ledger: { environments: { prod: { approvals: 9 } } } }\n',
          /line 1: the value of approvals/,
        ],
      ])(
        'say why a file with %s can’t be changed here',
        async (_, yaml, why) => {
          await world.write({ 'ground-control.yaml': yaml });
          const { rules: present } = await ofSquad('dee.park');
          expect(present.says).toBeUndefined();
          expect(present.edit).toMatchObject({
            allowed: false,
            code: 'file',
            message: expect.stringMatching(why),
          });
          expect(await refused(409, change(rules(OWN, approvals(2))))).toMatch(
            why,
          );
          expect(world.file('ground-control.yaml')).toBe(yaml.trim());
        },
      );

      it.each<[string, unknown, RegExp]>([
        ['more', { change: restrict('x'), object: null, by: 'eve' }, /by/],
        [
          'no rules',
          { change: { kind: 'rules', subject: OWN }, object: null },
          /rules/,
        ],
        [
          'a strange id',
          { change: restrict('x'), object: '--upload-pack' },
          /object/,
        ],
      ])('refuse a body with %s', async (_, body, why) => {
        expect(await refused(400, send(body as object))).toMatch(why);
      });

      it('name each fault by its place', async () => {
        const faults = (
          await preview(
            rules(OWN, {
              environments: {
                prod: { soak: 'long', tests: 'maybe' },
                live: {},
              },
            }),
          )
        ).faults;
        expect(faults.map(({ path }) => path)).toEqual([
          ['environments', 'prod', 'soak'],
          ['environments', 'prod', 'tests'],
        ]);
      });

      it('tell what the remote says, and change nothing then', async () => {
        const hook = `${world.repository.path}/hooks/pre-receive`;
        writeFileSync(
          hook,
          '#!/bin/sh\necho "policies are frozen" >&2\nexit 1\n',
        );
        chmodSync(hook, 0o755);
        const edit = rules(OWN, approvals(2));
        expect(await refused(409, change(edit))).toMatch(
          /^remote-refused: Nothing was changed\. /,
        );
        renameSync(world.repository.path, `${world.repository.path}.gone`);
        expect(await refused(503, change(edit))).toMatch(
          /^remote-\w+: Nothing was changed\. /,
        );
        renameSync(`${world.repository.path}.gone`, world.repository.path);
        expect(world.commits()).toBe(1);
        expect(await world.entries('policy.changed')).toEqual([]);
      });

      it('say that it isn’t known, and find out, where the push wasn’t answered', async () => {
        const push = world.mirror.push.bind(world.mirror);
        world.mirror.push = async options => {
          await push(options);
          world.mirror.push = push;
          return { kind: 'timeout', reason: 'The remote did not answer' };
        };
        expect(await refused(503, change(rules(OWN, approvals(2))))).toMatch(
          /^unsure: It isn't known yet/,
        );
        await world.knex('policy_changes').update({ next_attempt_at: 0 });
        await until(async () => {
          return (await world.entries('policy.changed')).length > 0;
        });
        expect(world.commits()).toBe(2);
      });
    });

    it('never go below the floor, and say what counts no more', async () => {
      await start({
        policies: {
          floor: { environments: { prod: { approvals: 1, links: 'block' } } },
        },
      });
      const below = {
        environments: {
          prod: { approvals: 0, onlyWhenWarning: true, links: 'warn' as const },
        },
      };
      const shown = await preview(rules(OWN, below));
      expect(shown.outcome).toBe('refused');
      expect(shown.faults).toEqual([
        {
          path: ['environments', 'prod', 'approvals'],
          message: expect.stringMatching(/app-config is the floor.*Choose 1/),
        },
        {
          path: ['environments', 'prod', 'onlyWhenWarning'],
          message: expect.stringMatching(/floor/),
        },
        {
          path: ['environments', 'prod', 'links'],
          message: expect.stringMatching(/links can't be warn.*Choose block/),
        },
      ]);
      expect(await refused(400, change(rules(OWN, below)))).toMatch(/floor/);
      await world.write({ 'ground-control.yaml': YAML });
      const laxer = rules(OWN, { environments: { prod: { soak: '10m' } } });
      expect((await preview(laxer)).notes).toEqual([
        expect.stringMatching(
          /soak 10m doesn't count, because 30m is stricter: soak: 30m in ground-control.yaml, line 4/,
        ),
      ]);
    });

    it('take a change back that nobody writes', async () => {
      await start({ writes: false, waitMs: 100 });
      expect(await refused(503, change(rules(OWN, approvals(2))))).toMatch(
        /^nobody-writes: .* nothing was changed/,
      );
      expect(await world.knex('policy_changes').pluck('state')).toEqual([
        'withdrawn',
      ]);
    });
  },
);
