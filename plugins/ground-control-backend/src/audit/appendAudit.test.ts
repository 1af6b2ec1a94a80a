import fc from 'fast-check';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { appendAudit } from './appendAudit';
import { AuditRow, buildEntry } from './auditRow';
import { hashEntry } from './hashEntry';
import { readAuditHead } from './readAuditHead';
import { AuditEvent } from './types';

const NONE = '0'.repeat(64);
const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  at: 1_772_442_000_000,
  actor: 'user:default/ana.ruiz',
  action: 'request.asked',
  ...more,
});

async function readEntries(knex: Knex) {
  const rows: AuditRow[] = await knex('audit_entries').orderBy('sequence');
  return rows.map(buildEntry);
}

/** What must hold of every trail that nobody tampered with. */
async function expectWhole(knex: Knex) {
  const entries = await readEntries(knex);
  let previous = NONE;
  for (const [i, entry] of entries.entries()) {
    expect(entry.sequence).toBe(i + 1);
    expect(entry.previousHash).toBe(previous);
    expect(hashEntry(entry)).toBe(entry.hash);
    previous = entry.hash;
  }
  expect(await readAuditHead(knex)).toEqual({
    sequence: entries.length,
    hash: previous,
  });
  return entries;
}

// Anything that a caller may hand on from outside, halves of characters and
// NUL among it.
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', '\ud800', 'a\udc00b', '😀'.repeat(200), '', ' '),
);
const anyEvent = fc.record<AuditEvent>(
  {
    at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
    actor: anyText,
    action: anyText,
    environment: anyText,
    service: fc.record({ namespace: anyText, name: anyText }),
    number: fc.integer({ min: 1, max: 0x7fffffff }),
    revision: anyText,
    details: fc.dictionary(
      anyText,
      fc.oneof(
        anyText,
        fc.double(),
        fc.boolean(),
        fc.array(anyText, { maxLength: 3 }),
      ),
      { maxKeys: 4 },
    ),
  },
  { requiredKeys: ['at', 'actor', 'action'] },
);

describe.each(createTestDatabases().eachSupportedId())(
  'The audit trail on %s',
  id => {
    const databases = createTestDatabases();
    let knex: Knex;

    beforeEach(async () => {
      knex = await databases.init(id);
      await migrate(knex);
    });

    it('chains each entry to the one before', async () => {
      expect(await readAuditHead(knex)).toEqual({ sequence: 0, hash: NONE });
      const first = await knex.transaction(tx => appendAudit(tx, event()));
      const second = await knex.transaction(tx =>
        appendAudit(
          tx,
          event({
            action: 'request.approved',
            environment: 'prod',
            service: { namespace: '', name: 'ledger-api' },
            number: 418,
            revision: 'c'.repeat(40),
            details: { comment: 'Go', accepted: ['soak'], attempts: 2 },
          }),
        ),
      );
      expect(first.sequence).toBe(1);
      expect(await expectWhole(knex)).toEqual([
        {
          sequence: 1,
          at: '2026-03-02T09:00:00.000Z',
          actor: 'user:default/ana.ruiz',
          action: 'request.asked',
          details: {},
          previousHash: NONE,
          hash: first.hash,
        },
        {
          sequence: 2,
          at: '2026-03-02T09:00:00.000Z',
          actor: 'user:default/ana.ruiz',
          action: 'request.approved',
          environment: 'prod',
          service: { namespace: '', name: 'ledger-api' },
          request: 'REQ-418',
          revision: 'c'.repeat(40),
          details: { comment: 'Go', accepted: ['soak'], attempts: 2 },
          previousHash: first.hash,
          hash: second.hash,
        },
      ]);
    });

    it('takes whatever an event holds, and reads back what was hashed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyEvent, { maxLength: 4 }), async events => {
          await knex.transaction(async tx => {
            for (const one of events) await appendAudit(tx, one);
          });
        }),
        { numRuns: 50 },
      );
      await expectWhole(knex);
    });

    it('neither forks nor has gaps, whoever appends at the same time', async () => {
      const append = (n: number) =>
        knex.transaction(async tx => {
          await appendAudit(tx, event({ number: n }));
          if (n % 3 === 0) throw new Error('rolled back');
          if (n % 4 === 0) await appendAudit(tx, event({ number: n }));
        });
      const done = await Promise.allSettled(
        Array.from({ length: 40 }, (_, i) => append(i + 1)),
      );
      expect(done.filter(one => one.status === 'rejected')).toHaveLength(13);
      const entries = await expectWhole(knex);
      // 27 stayed, and 7 of them appended twice.
      expect(entries).toHaveLength(34);
      expect(new Set(entries.map(entry => entry.request)).size).toBe(27);
    });

    it('begins no second chain where the head is gone', async () => {
      await knex('audit_head').delete();
      await expect(
        knex.transaction(tx => appendAudit(tx, event())),
      ).rejects.toThrow('The audit trail has lost its head');
      expect(await readEntries(knex)).toEqual([]);
    });
  },
);
