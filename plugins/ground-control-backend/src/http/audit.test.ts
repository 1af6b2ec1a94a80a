import { mockCredentials } from '@backstage/backend-test-utils';
import Ajv from 'ajv/dist/2020';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { NOW } from '../__testUtils__/startServer';
import { startRouter, TestRouter } from '../__testUtils__/startRouter';
import { appendAudit } from '../audit/appendAudit';
import { RequestAccess, ServiceAccess } from '../permissions/types';
import { readOpenApi } from './openApiRouter';

const OWN: ServiceAccess = {
  kind: 'some',
  criteria: { kind: 'squad', squads: ['group:default/squad-a'] },
};

describe.each(createTestDatabases().eachSupportedId())(
  'The routes of the audit trail, %s',
  id => {
    const databases = createTestDatabases();
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
    ajv.addSchema(readOpenApi() as object, 'api');
    let knex: Knex;
    let router: TestRouter;
    let access: Pick<RequestAccess, 'audit' | 'services'>;
    const told: string[] = [];

    beforeAll(async () => {
      knex = await databases.init(id);
      await migrate(knex);
      for (const service of ['a-api', 'b-api']) {
        await knex('services').insert({
          repository: 'default',
          namespace: 'payments',
          service,
          squad_ref: `group:default/squad-${service[0]}`,
          squad_source: 'catalog',
          in_repository: true,
          in_catalog: true,
        });
        await knex.transaction(tx =>
          appendAudit(tx, {
            at: Date.parse(NOW),
            actor: 'user:default/ana.ruiz',
            action: 'request.asked',
            service: { namespace: 'payments', name: service },
            number: 1,
            details: { reason: '=cmd()' },
          }),
        );
      }
      await knex.transaction(tx =>
        appendAudit(tx, {
          at: Date.parse(NOW),
          actor: 'system:policies',
          action: 'policy.changed',
        }),
      );
      router = await startRouter({
        knex,
        settings: {
          repository: 'default',
          environments: ['prod'],
          mainBranch: 'master',
          links: [],
          catalogIntervalMs: 0,
        },
        access: { readRequestAccess: async () => access } as any,
        auditor: {
          createEvent: async ({ eventId, meta }) => ({
            success: async () => {
              told.push(`${eventId} ${JSON.stringify(meta)}`);
            },
            fail: async () => {},
          }),
        },
        now: () => new Date(NOW),
      });
    });
    afterAll(() => router.stop());

    beforeEach(() => {
      access = { audit: true, services: { kind: 'none' } };
      told.length = 0;
    });

    async function get(path: string, schema: string) {
      const { body } = await router.get(path);
      ajv.validate({ $ref: `api#/components/schemas/${schema}` }, body);
      expect([path, body.error, ajv.errorsText()]).toEqual([
        path,
        undefined,
        'No errors',
      ]);
      return body;
    }
    const sequences = async (query = '') =>
      (await get(`/v1/audit${query}`, 'AuditPage')).items.map(
        (entry: any) => entry.sequence,
      );

    it.each([
      ['', [3, 2, 1]],
      ['?limit=2', [3, 2]],
      ['?before=3', [2, 1]],
      ['?actor=system:policies', [3]],
      ['?actions=request.asked,x', [2, 1]],
      ['?namespace=payments&service=b-api', [2]],
      ['?request=REQ-1', [2, 1]],
      ['?environments=prod', []],
      ['?from=2026-03-02', [3, 2, 1]],
      ['?from=2026-03-02T13:00:00.001%2B01:00', []],
      ['?to=2026-03-02T12:00:00Z', []],
    ])('read %s', async (query, expected) => {
      expect(await sequences(query)).toEqual(expected);
    });

    it('show others what is of services that they may see', async () => {
      access = { audit: false, services: OWN };
      expect(await sequences()).toEqual([1]);
      const { text } = await router.get('/v1/audit/export?format=json');
      const file = JSON.parse(text);
      ajv.validate({ $ref: 'api#/components/schemas/AuditFile' }, file);
      expect(ajv.errorsText()).toBe('No errors');
      expect(file.entries.map((entry: any) => entry.sequence)).toEqual([1]);
    });

    it('are closed to who may see nothing, and verifying to who may not read all', async () => {
      access = { audit: false, services: { kind: 'none' } };
      for (const path of ['/v1/audit', '/v1/audit/export?format=csv']) {
        const { status, body } = await router.get(path);
        expect([path, status, body.error?.name]).toEqual([
          path,
          403,
          'NotAllowedError',
        ]);
      }
      access = { audit: false, services: { kind: 'all' } };
      expect((await router.get('/v1/audit/verification')).status).toBe(403);
      const none = mockCredentials.none.header();
      for (const path of ['export?format=csv', 'verification']) {
        expect((await router.get(`/v1/audit/${path}`, none)).status).toBe(401);
      }
    });

    it('export a file, and tell the auditor', async () => {
      const { headers, text } = await router.get(
        '/v1/audit/export?format=csv&request=REQ-1',
      );
      expect(headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit-2026-03-02.csv"',
      });
      const lines = text.split('\r\n');
      expect(lines).toHaveLength(5);
      expect(lines[0]).toContain('{""request"":""REQ-1""}');
      expect(lines[2]).toContain('"2","2026-03-02T12:00:00.000Z"');
      expect(told).toEqual(['audit-export {"format":"csv","request":"REQ-1"}']);
    });

    it('verify the trail', async () => {
      expect(
        await get('/v1/audit/verification', 'AuditVerification'),
      ).toMatchObject({ entries: 3, heads: 0, faults: [] });
      await knex('audit_entries').where({ sequence: 2 }).update({ actor: 'x' });
      expect(
        await get('/v1/audit/verification', 'AuditVerification'),
      ).toMatchObject({ faults: [{ kind: 'changed', sequence: 2 }] });
      // A page shows it as it is, so that somebody can look at it.
      expect(await sequences('?actor=x')).toEqual([2]);
    });

    it.each([
      ['/v1/audit/export', 'format'],
      ['/v1/audit/export?format=xml', 'csv or json'],
      ['/v1/audit?request=1', 'REQ- and a number'],
      ['/v1/audit?from=yesterday', 'ISO 8601'],
      ['/v1/audit?from=2026-03-02T10:00', 'ISO 8601'],
      ['/v1/audit?before=0', 'before'],
      ['/v1/audit?before=2147483648', 'before'],
      ['/v1/audit?service=x', 'together'],
      ['/v1/audit?actor=a&actor=b', 'once only'],
    ])('refuse %s', async (path, words) => {
      const { status, body } = await router.get(path);
      expect([path, status]).toEqual([path, 400]);
      expect(body.error.message).toContain(words);
    });
  },
);
