import { mockServices } from '@backstage/backend-test-utils';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { AnchorService } from './AnchorService';
import { appendAudit } from './appendAudit';
import { formatAuditHead } from './auditHeadTrailer';
import { AuditRow, buildEntry } from './auditRow';
import { hashEntry } from './hashEntry';
import { AuditSettings } from './readAuditConfig';
import { readAuditHead } from './readAuditHead';
import { AuditHead } from './types';
import { verifyAudit } from './verifyAudit';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const EMPTY: AuditHead = { sequence: 0, hash: '0'.repeat(64) };
const TABLES = [
  'audit_entries',
  'audit_head',
  'audit_anchors',
  'commits',
  'release_request_commits',
];

/** Changes an entry and hashes it anew, with what follows up to `to`. */
async function rewrite(
  knex: Knex,
  from: number,
  to: number,
  change: Partial<AuditRow>,
) {
  const rows: AuditRow[] = await knex('audit_entries')
    .whereBetween('sequence', [from, to])
    .orderBy('sequence');
  let previous = rows[0].previous_hash;
  for (const row of rows) {
    const written = {
      ...row,
      ...(row.sequence === from && change),
      previous_hash: previous,
    };
    written.hash = hashEntry(buildEntry(written));
    previous = written.hash;
    await knex('audit_entries')
      .where({ sequence: row.sequence })
      .update(written);
  }
  return previous;
}

describe.each(createTestDatabases().eachSupportedId())(
  'Verifying the audit trail on %s',
  id => {
    const databases = createTestDatabases();
    let folder: string;
    let repository: TestRepository;
    let mirror: Mirror;
    let knex: Knex;
    let anchors: AnchorService;
    let position = 0;

    const append = (number: number) =>
      knex.transaction(tx =>
        appendAudit(tx, {
          at: NOW.getTime() + number,
          actor: 'user:default/ana.ruiz',
          action: 'request.asked',
          service: { namespace: 'payments', name: 'ledger-api' },
          number,
          details: { code: 'asked' },
        }),
      );

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'audit-'));
      knex = await databases.init(id);
      await migrate(knex);
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    beforeEach(async () => {
      position = 0;
      repository = TestRepository.create();
      mirror = new Mirror({
        remote: parseRemoteUrl(repository.path),
        branch: repository.branch,
        directory: mkdtempSync(join(folder, 'mirror-')),
        timeoutMs: 30_000,
        logger: mockServices.logger.mock(),
      });
      for (const table of TABLES) await knex(table).delete();
      await knex('audit_head').insert({ id: 1, ...EMPTY });
      anchors = new AnchorService({
        knex,
        repository: 'default',
        mirror,
        forgedHeads: [],
      });
      for (let i = 1; i <= 9; i += 1) {
        await append(i);
        // As after releases: two commits, each with the head of its time.
        if (i === 3 || i === 7) await commitHead();
      }
    });

    afterEach(async () => {
      await mirror.close();
      repository.remove();
    });

    /** A commit on the branch that holds a head, as ingest has seen it. */
    async function commitHead(
      options: { head?: AuditHead; ours?: boolean } = {},
    ) {
      const head = options.head ?? (await readAuditHead(knex));
      const revision = repository.commit({
        message: `[prod/ledger-api] release x\n\nService: ledger-api\nAudit-head: ${formatAuditHead(
          head,
        )}\n`,
        files: { [`file-${position}`]: 'x' },
      });
      position += 1;
      await mirror.fetch();
      await knex('commits').insert({
        repository: 'default',
        position,
        revision,
        kind: 'release',
        committed_at: NOW.getTime(),
        title: 'x',
        by_name: 'x',
        by_email: 'x',
      });
      if (options.ours !== false) {
        await knex('release_request_commits').insert({
          repository: 'default',
          revision,
          number: 1,
          built_at: NOW.getTime(),
        });
      }
      return revision;
    }

    const verify = () => verifyAudit(knex, { anchors, now: NOW });
    const faults = async () =>
      (await verify()).faults.map(({ kind, sequence }) => [kind, sequence]);
    const update = (sequence: number, change: Partial<AuditRow>) =>
      knex('audit_entries').where({ sequence }).update(change);
    const remove = (from: number, to = from) =>
      knex('audit_entries').whereBetween('sequence', [from, to]).delete();
    const setHead = async (sequence: number) => {
      const { hash } = await knex('audit_entries')
        .where({ sequence })
        .first('hash');
      await knex('audit_head').update({ sequence, hash });
    };

    it('finds nothing in a trail that nobody touched', async () => {
      expect(await verify()).toEqual({
        asOf: NOW.toISOString(),
        entries: 9,
        heads: 2,
        faults: [],
      });
    });

    it.each([
      ['who acted', { actor: 'user:default/mallory' }],
      ['when', { at: 1 }],
      ['when, to no moment at all', { at: 9e15 }],
      ['what', { action: 'request.approved' }],
      ['of which service', { service: 'other' }],
      ['of which request', { number: 99 }],
      ['its details', { details: '{"code":"x"}' }],
      ['its details, not even JSON', { details: '{' }],
      ['what came before', { previous_hash: 'a'.repeat(64) }],
    ])('finds an entry that was changed: %s', async (_, change) => {
      await update(5, change);
      expect(await faults()).toEqual([['changed', 5]]);
    });

    it.each([2, 7, 9])(
      'finds entry %i changed and hashed anew',
      async sequence => {
        await rewrite(knex, sequence, sequence, { actor: 'user:default/x' });
        expect(await faults()).toEqual([['changed', sequence]]);
      },
    );

    it('finds entries that were removed', async () => {
      await remove(1);
      await remove(4, 5);
      const { faults: found, entries } = await verify();
      expect(entries).toBe(6);
      expect(found).toEqual([
        {
          kind: 'missing',
          sequence: 1,
          message: expect.stringContaining('Entry 1 is missing'),
        },
        {
          kind: 'missing',
          sequence: 4,
          message: expect.stringContaining('Entries 4 to 5 are missing'),
        },
      ]);
    });

    it('finds an entry that another was numbered over', async () => {
      await remove(5);
      await update(6, { sequence: 5 });
      expect(await faults()).toEqual([
        ['changed', 5],
        ['missing', 6],
      ]);
    });

    it('finds the last entries cut off, by the head', async () => {
      await remove(9);
      expect(await faults()).toEqual([['cut-off', 9]]);
      await remove(1, 8);
      expect(await faults()).toEqual([['cut-off', 1]]);
    });

    it('finds them with the head set back, by what commits hold', async () => {
      await remove(6, 9);
      await setHead(5);
      const { faults: found, heads } = await verify();
      expect(heads).toBe(2);
      expect(found).toEqual([
        {
          kind: 'cut-off',
          sequence: 6,
          message: expect.stringMatching(
            /^The trail ends with entry 5, but commit [0-9a-f]{10} holds the hash of entry 7/,
          ),
        },
      ]);
    });

    it('finds them when others were written in their place', async () => {
      await remove(6, 9);
      await setHead(5);
      for (let i = 6; i <= 9; i += 1) await append(i + 100);
      expect(await faults()).toEqual([['changed', 7]]);
    });

    it('finds a chain that was rewritten to its end', async () => {
      const hash = await rewrite(knex, 5, 9, { actor: 'user:default/x' });
      await knex('audit_head').update({ hash });
      const { faults: found } = await verify();
      expect(found).toEqual([
        {
          kind: 'changed',
          sequence: 7,
          message: expect.stringContaining(
            'it, or an entry before it and after 3, was replaced',
          ),
        },
      ]);
    });

    it('finds a head that was set back or taken away', async () => {
      await setHead(4);
      expect(await faults()).toEqual([['changed', 9]]);
      await knex('audit_head').delete();
      expect(await faults()).toEqual([['changed', 9]]);
    });

    it('believes git, not what was noted of it', async () => {
      await verify();
      const hash = await rewrite(knex, 5, 9, { actor: 'user:default/x' });
      await knex('audit_head').update({ hash });
      const seven = await knex('audit_entries').where({ sequence: 7 }).first();
      await knex('audit_anchors')
        .where({ sequence: 7 })
        .update({ hash: seven.hash });
      expect(await faults()).toEqual([['changed', 7]]);
      await knex('audit_anchors').delete();
      expect(await faults()).toEqual([['changed', 7]]);
    });

    it('knows heads of commits that a rewritten history lost', async () => {
      await verify();
      await knex('commits').delete();
      await mirror.discard();
      repository.git('update-ref', '-d', `refs/heads/${repository.branch}`);
      repository.commit({ message: 'Begin anew', files: { other: 'x' } });
      await mirror.fetch();
      await remove(6, 9);
      await setHead(5);
      expect(await faults()).toEqual([['cut-off', 6]]);
    });

    it('finds a tail that was cut off with all that tables knew of commits', async () => {
      await verify();
      await remove(6, 9);
      await setHead(5);
      for (const table of ['release_request_commits', 'audit_anchors']) {
        await knex(table).delete();
      }
      await knex('commits').delete();
      const { faults: found, heads } = await verify();
      expect(heads).toBe(1);
      expect(found).toEqual([
        {
          kind: 'cut-off',
          sequence: 7,
          message: expect.stringMatching(
            /^Commit [0-9a-f]{40} holds the hash of entry 7, which the trail doesn’t have: it ends with entry 5\. .* or the trail was tampered with/,
          ),
        },
      ]);
    });

    it('finds a head beside the first-parent line', async () => {
      const ours = repository.tip();
      repository.reset(repository.git('rev-parse', 'master^'));
      repository.commit(
        { message: 'Theirs', files: { other: 'x' } },
        { message: 'Merge', merge: [ours] },
      );
      await mirror.fetch();
      for (const table of ['release_request_commits', 'commits']) {
        await knex(table).delete();
      }
      await remove(6, 9);
      await setHead(5);
      expect(await faults()).toEqual([['cut-off', 7]]);
    });

    it('says which commit made a head up, hides no fault for it, and can be told so', async () => {
      const forged = await commitHead({
        head: { sequence: 1, hash: 'f'.repeat(64) },
        ours: false,
      });
      await commitHead({
        head: { sequence: 4_000, hash: 'f'.repeat(64) },
        ours: false,
      });
      // A copy of our trailer, as of a commit that was picked, is no lie.
      await commitHead({ ours: false });
      const { faults: found } = await verify();
      expect(found).toEqual([
        {
          kind: 'changed',
          sequence: 1,
          message: expect.stringContaining(`Commit ${forged} holds another`),
        },
        expect.objectContaining({ kind: 'cut-off', sequence: 4_000 }),
      ]);
      const hash = await rewrite(knex, 5, 9, { actor: 'user:default/x' });
      await knex('audit_head').update({ hash });
      expect(await faults()).toEqual([
        ['changed', 7],
        ['changed', 1],
        ['changed', 9],
        ['cut-off', 4_000],
      ]);
    });

    it('leaves out what app-config names as made up, or as another trail’s', async () => {
      const head = { sequence: 4_000, hash: 'f'.repeat(64) };
      const forged = await commitHead({ head, ours: false });
      const check = async (settings: Partial<AuditSettings>) => {
        const told = new AnchorService({
          knex,
          repository: 'default',
          mirror,
          forgedHeads: [],
          ...settings,
        });
        return verifyAudit(knex, { anchors: told, now: NOW });
      };
      expect((await check({})).faults).toHaveLength(1);
      expect(await check({ forgedHeads: [forged] })).toMatchObject({
        heads: 2,
        faults: [],
      });
      expect(await check({ since: forged })).toMatchObject({ faults: [] });
      await expect(check({ since: 'ab'.repeat(20) })).rejects.toThrow(
        /since names commit abab.* doesn’t have/,
      );
      // A commit of ours can't be explained away so.
      const [ours] = await knex('release_request_commits').pluck('revision');
      await update(3, { hash: 'a'.repeat(64) });
      const found = await check({ forgedHeads: [ours, forged] });
      expect(found.faults.length).toBeGreaterThan(0);
    });

    it('names at most twenty such commits, and how many more there are', async () => {
      repository.commit(
        ...Array.from({ length: 25 }, (_, i) => ({
          message: `x\n\nAudit-head: ${formatAuditHead({
            sequence: 101 + i,
            hash: 'f'.repeat(64),
          })}\n`,
        })),
      );
      await mirror.fetch();
      const { faults: found } = await verify();
      expect(found).toHaveLength(20);
      expect(found[19].message).toMatch(/5 more commits say such things/);
    });

    it('says that it can’t tell before the branch was fetched', async () => {
      const fresh = new Mirror({
        remote: parseRemoteUrl(repository.path),
        branch: repository.branch,
        directory: mkdtempSync(join(folder, 'mirror-')),
        timeoutMs: 30_000,
        logger: mockServices.logger.mock(),
      });
      anchors = new AnchorService({
        knex,
        repository: 'default',
        mirror: fresh,
        forgedHeads: [],
      });
      await knex('release_request_commits').delete();
      await expect(verify()).rejects.toThrow(/can’t be verified yet/);
      await fresh.close();
    });

    it('believes no commit that isn’t on the branch', async () => {
      await knex('release_request_commits').insert({
        repository: 'default',
        revision: 'e'.repeat(40),
        number: 2,
        built_at: 1,
      });
      expect(await verify()).toMatchObject({ heads: 2, faults: [] });
    });

    it('finds no fault while others append', async () => {
      const appending = Promise.all(
        Array.from({ length: 20 }, (_, i) => append(i)),
      );
      const found = await Promise.all([verify(), verify(), verify()]);
      await appending;
      expect(found.flatMap(one => one.faults)).toEqual([]);
    });

    it('names at most 100 faults', async () => {
      for (let i = 0; i < 110; i += 1) await append(i);
      await knex('audit_entries').update({ actor: 'x' });
      expect((await verify()).faults).toHaveLength(100);
    });
  },
);
