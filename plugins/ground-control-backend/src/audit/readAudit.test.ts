import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { ServiceAccess } from '../permissions/types';
import { ReadContext } from '../releases';
import { appendAudit } from './appendAudit';
import { exportAudit, AuditExport } from './exportAudit';
import { hashEntry } from './hashEntry';
import { AuditFilter } from './queryAudit';
import { readAudit } from './readAudit';
import { AuditEvent } from './types';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const A = { namespace: 'payments', name: 'a-api' };
const B = { namespace: 'payments', name: 'b-api' };
/** A service without namespace, which has the name of another. */
const A2 = { namespace: '', name: 'a-api' };
const ana = 'user:default/ana.ruiz';
const bo = 'user:default/bo.lind';

const EVENTS: Array<Partial<AuditEvent>> = [
  { service: A, number: 1, environment: 'prod' },
  { service: B, number: 2, environment: 'prod', actor: bo },
  { action: 'policy.changed', details: { file: 'ground-control.yaml' } },
  { service: A, number: 1, environment: 'prod', action: 'request.approved' },
  { service: A2, number: 3, environment: 'dev' },
  { service: { namespace: 'payments', name: 'gone-api' }, number: 4 },
];

describe.each(createTestDatabases().eachSupportedId())(
  'Reading the audit trail on %s',
  id => {
    const databases = createTestDatabases();
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(id);
      await migrate(knex);
      for (const [i, event] of EVENTS.entries()) {
        await knex.transaction(tx =>
          appendAudit(tx, {
            at: NOW.getTime() + i * 1000,
            actor: ana,
            action: 'request.asked',
            ...event,
          }),
        );
      }
      const service = (ref: typeof A, squad: string | null) => ({
        repository: 'default',
        namespace: ref.namespace,
        service: ref.name,
        squad_ref: squad,
        squad_source: 'catalog',
        in_repository: true,
        in_catalog: true,
      });
      await knex('services').insert([
        service(A, 'group:default/squad-a'),
        service(B, 'group:default/squad-b'),
        service(A2, null),
        // Another repository's service is none that the reader may see.
        { ...service(A2, 'group:default/squad-a'), repository: 'other' },
      ]);
    });

    const contextOf = (services: ServiceAccess): ReadContext => ({
      knex,
      repository: 'default',
      services,
    });
    const memberOfA: ServiceAccess = {
      kind: 'some',
      criteria: { kind: 'squad', squads: ['group:default/squad-a'] },
    };
    const read = (
      filter: AuditFilter,
      options: { access?: ServiceAccess; limit?: number } = {},
    ) =>
      readAudit(contextOf(options.access ?? { kind: 'none' }), {
        filter,
        limit: options.limit ?? 50,
        mayReadAll: options.access === undefined,
        now: NOW,
      });
    const sequences = async (...args: Parameters<typeof read>) =>
      (await read(...args)).items.map(entry => entry.sequence);

    it('gives pages, newest first, whose entries can be checked', async () => {
      const first = await read({}, { limit: 4 });
      expect(first).toMatchObject({
        asOf: NOW.toISOString(),
        next: 3,
        items: [
          { sequence: 6 },
          { sequence: 5, service: A2, request: 'REQ-3', environment: 'dev' },
          { sequence: 4, action: 'request.approved' },
          { sequence: 3, details: { file: 'ground-control.yaml' } },
        ],
      });
      expect(first.items[3]).not.toHaveProperty('service');
      for (const entry of first.items) {
        expect(hashEntry(entry)).toBe(entry.hash);
      }
      const second = await read({ before: first.next }, { limit: 2 });
      expect(second.items.map(entry => entry.sequence)).toEqual([2, 1]);
      expect(second).not.toHaveProperty('next');
    });

    it('says where entries came from, and whether commits are signed', async () => {
      const commit = (headers: string, message: string) => ({
        found: 'yes' as const,
        type: 'commit' as const,
        content: Buffer.from(`tree 0\n${headers}\n${message}\n`),
      });
      const objects: Record<string, object> = {
        ['a'.repeat(40)]: commit(
          'gpgsig -----BEGIN SSH SIGNATURE-----\n x\n',
          'm',
        ),
        ['b'.repeat(40)]: commit('author x\n', 'gpgsig in a message'),
        ['c'.repeat(40)]: { found: 'no' },
      };
      const rows = Object.keys(objects).map((revision, i) => ({
        sequence: 101 + i,
        at: 0,
        actor: 'system:ingest',
        action: 'signed',
        revision,
        details: '{}',
        previous_hash: '',
        hash: '',
      }));
      await knex('audit_entries').insert(rows);
      const show = async (openObjects?: () => Promise<any>) =>
        (
          await readAudit(contextOf({ kind: 'none' }), {
            filter: { actions: ['signed'] },
            limit: 50,
            mayReadAll: true,
            now: NOW,
            openObjects,
          })
        ).items.map(({ source, signature }) => [source, signature]);
      expect(
        await show(async () => ({
          read: async (revision: string) => objects[revision],
        })),
      ).toEqual([
        ['branch', null],
        ['branch', 'unsigned'],
        ['branch', 'signed'],
      ]);
      const unread = Array(3).fill(['branch', null]);
      expect(await show()).toEqual(unread);
      expect(await show(() => Promise.reject(new Error('no mirror')))).toEqual(
        unread,
      );
      await knex('audit_entries').where({ action: 'signed' }).delete();
    });

    it.each<[AuditFilter, number[]]>([
      [{ actor: bo }, [2]],
      [{ actor: 'user:default/ANA.RUIZ' }, []],
      [{ actions: ['request.approved', 'policy.changed'] }, [4, 3]],
      [{ environments: ['dev'] }, [5]],
      [{ service: A }, [4, 1]],
      [{ service: A2 }, [5]],
      [{ number: 1 }, [4, 1]],
      [{ from: NOW.getTime() + 1000, to: NOW.getTime() + 3000 }, [3, 2]],
      [{ service: A, number: 2 }, []],
      [{ before: 3 }, [2, 1]],
    ])('filters by %j', async (filter, expected) => {
      expect(await sequences(filter)).toEqual(expected);
    });

    it('shows others what is of services that they may see', async () => {
      expect(await sequences({}, { access: memberOfA })).toEqual([4, 1]);
      expect(await sequences({ number: 2 }, { access: memberOfA })).toEqual([]);
      // All services that there are, but nothing that is of none.
      const all: ServiceAccess = { kind: 'all' };
      expect(await sequences({}, { access: all })).toEqual([5, 4, 2, 1]);
      expect(await sequences({}, { access: { kind: 'none' } })).toEqual([]);
    });

    const write = async (more: Partial<AuditExport> = {}) => {
      const { mayReadAll = true } = more;
      let text = '';
      const pieces = exportAudit(contextOf(memberOfA), {
        format: 'json',
        filter: {},
        asked: {},
        mayReadAll,
        now: NOW,
        ...more,
      });
      for await (const piece of pieces) text += piece;
      return text;
    };

    it('exports as JSON, the filter at its head', async () => {
      const file = JSON.parse(
        await write({ filter: { number: 1 }, asked: { request: 'REQ-1' } }),
      );
      expect(file).toEqual({
        exportedAt: NOW.toISOString(),
        filter: { request: 'REQ-1' },
        entries: (await read({ number: 1 })).items.map(
          ({ source, signature, ...entry }) => entry,
        ),
      });
      expect(JSON.parse(await write({ filter: { number: 99 } }))).toMatchObject(
        { entries: [] },
      );
    });

    it('exports as CSV', async () => {
      const file = await write({
        format: 'csv',
        filter: { actions: ['policy.changed'] },
        asked: { actions: 'policy.changed' },
      });
      const [entry] = (await read({ actions: ['policy.changed'] })).items;
      expect(file.split('\r\n')).toEqual([
        `"# Audit trail {""exportedAt"":""${NOW.toISOString()}"",""filter"":{""actions"":""policy.changed""}}"`,
        '"sequence","at","actor","action","environment","namespace","service","request","revision","details","previousHash","hash"',
        `"3","${entry.at}","${ana}","policy.changed","","","","","","{""file"":""ground-control.yaml""}","${entry.previousHash}","${entry.hash}"`,
        '',
      ]);
    });

    it('exports what the reader may see, and says where it ends', async () => {
      const own = JSON.parse(await write({ mayReadAll: false }));
      expect(own.entries.map((entry: any) => entry.sequence)).toEqual([4, 1]);
      const part = JSON.parse(await write({ most: 4 }));
      expect(part.entries).toHaveLength(4);
      expect(part.cutOff).toContain('before=3');
      expect(JSON.parse(await write({ most: 6 }))).not.toHaveProperty('cutOff');
      expect(await write({ format: 'csv', most: 5 })).toMatch(
        /"# There are more entries: this file ends with 2\. [^\r]*before=2\."\r\n$/,
      );
    });

    it('exports more than one page, each entry once', async () => {
      const rows = Array.from({ length: 2_500 }, (_, i) => ({
        sequence: 7 + i,
        at: 0,
        actor: 'x',
        action: 'many',
        details: '{}',
        previous_hash: '',
        hash: '',
      }));
      await knex.batchInsert('audit_entries', rows, 100);
      const filter = { actions: ['many'] };
      const { entries } = JSON.parse(await write({ filter }));
      expect(entries.map((entry: any) => entry.sequence)).toEqual(
        rows.map(row => row.sequence).reverse(),
      );
      const part = JSON.parse(await write({ filter, most: 1_500 }));
      expect(part.entries).toHaveLength(1_500);
      await knex('audit_entries').where({ action: 'many' }).delete();
    });
  },
);
