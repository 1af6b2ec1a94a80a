import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { createPair } from '../book/createPair';
import { forgetPairs } from '../store/forgetPairs';
import { forgetOtherSources } from '../store/sources';
import { writePairs } from '../store/writePairs';
import { PERCENTILES } from '../histogram/percentiles';
import { createFormatTime } from './createFormatTime';
import { KeptPairs } from './KeptPairs';
import { CellOptions } from './types';

const NOW = Date.UTC(2026, 2, 2, 12);
const databases = createTestDatabases();

const OPTIONS: CellOptions = {
  window: '5m',
  percentile: 'p50',
  labelOf: source => source,
  formatTime: createFormatTime(),
};

const pair = (from: string, to: string, at = NOW) => ({
  ...createPair({ from, to, sourceId: `of ${from}` }, at),
  linked: true,
  sampledAt: at,
});

function sorted<Row extends { from_cluster: string; to_cluster: string }>(
  rows: readonly Row[],
) {
  const nameOf = (row: Row) => `${row.from_cluster} ${row.to_cluster}`;
  return [...rows].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

/** A database whose answer of links has come, and is given when it is released. */
function holdRows(knex: Knex) {
  let release = () => {};
  let come = () => {};
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  const haveCome = new Promise<void>(resolve => {
    come = resolve;
  });
  const query = (table: string) =>
    table === 'latency_pairs'
      ? {
          whereIn: (column: string, values: string[]) => ({
            select: async () => {
              const rows = await knex(table).whereIn(column, values).select();
              come();
              await released;
              return rows;
            },
          }),
        }
      : knex(table);
  return { knex: query as unknown as Knex, haveCome, release };
}

describe.each(databases.eachSupportedId())('KeptPairs on %s', id => {
  async function open() {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    return { knex, kept: new KeptPairs(), others: new KeptPairs() };
  }

  async function expectAll(knex: Knex, ...kept: KeptPairs[]) {
    const rows = sorted(await knex('latency_pairs').select());
    for (const one of kept) {
      const read = await one.read(knex, OPTIONS);
      expect(sorted(read.map(({ row }) => row))).toEqual(rows);
    }
    return rows;
  }

  it('has what the database has, after whatever is written', async () => {
    const { knex, kept, others } = await open();
    expect(await kept.read(knex, OPTIONS)).toEqual([]);

    await writePairs(knex, [pair('a', 'b'), pair('b', 'a')], NOW);
    expect(await expectAll(knex, kept, others)).toHaveLength(2);

    const later = NOW + 60_000;
    await writePairs(knex, [pair('b', 'a', later), pair('b', 'c')], later);
    const rows = await expectAll(knex, kept);
    expect(rows.map(row => Number(row.sampled_at))).toEqual([NOW, later, NOW]);

    await forgetOtherSources(knex, ['of b']);
    expect((await expectAll(knex, kept)).map(row => !!row.linked)).toEqual([
      false,
      true,
      true,
    ]);

    await forgetPairs(knex, later);
    expect(await expectAll(knex, kept, others)).toHaveLength(2);
  });

  it('reads those of the clusters again that were written, and no others', async () => {
    const { knex, kept } = await open();
    await writePairs(knex, [pair('a', 'b'), pair('b', 'a')], NOW);
    await kept.read(knex, OPTIONS);
    const read: unknown[] = [];
    knex.on('query', ({ sql, bindings }) => {
      if (/latency_pairs/.test(sql)) read.push(bindings);
    });
    await kept.read(knex, OPTIONS);
    expect(read).toEqual([]);
    await knex.transaction(tx => writePairs(tx, [pair('b', 'a')], NOW));
    read.length = 0;
    await kept.read(knex, OPTIONS);
    expect(read).toEqual([['b']]);
  });

  it('keeps nothing of what was taken back', async () => {
    const { knex, kept } = await open();
    await writePairs(knex, [pair('a', 'b')], NOW);
    await kept.read(knex, OPTIONS);
    await expect(
      knex.transaction(async tx => {
        await writePairs(tx, [pair('a', 'b', NOW + 1)], NOW);
        throw new Error('lost its lease');
      }),
    ).rejects.toThrow('lost its lease');
    await expectAll(knex, kept);
  });

  it('reads again what was written while it read', async () => {
    const { knex, kept } = await open();
    await writePairs(knex, [pair('a', 'b')], NOW);
    const write = (at: number) =>
      knex.transaction(tx => writePairs(tx, [pair('a', 'b', at)], at));
    for (const table of ['latency_changes', 'latency_pairs']) {
      await write(NOW);
      let written: Promise<void> | undefined;
      const onAnswer = (_: unknown, { sql }: { sql: string }) => {
        if (!sql.startsWith('select') || !sql.includes(table)) return;
        knex.removeListener('query-response', onAnswer);
        written = write(NOW + 1);
      };
      knex.on('query-response', onAnswer);
      await kept.read(knex, OPTIONS);
      await written;
      expect(written).toBeDefined();
      const [row] = await expectAll(knex, kept);
      expect(Number(row.sampled_at)).toBe(NOW + 1);
    }
  });

  it('answers with nothing older than what it counted, whoever is slower', async () => {
    const { knex, kept } = await open();
    const write = (from: string, at: number) =>
      writePairs(knex, [pair(from, 'd', at)], at);
    await write('a', NOW);
    const first = holdRows(knex);
    const slow = kept.read(first.knex, OPTIONS);
    await first.haveCome;
    await write('a', NOW + 1);
    await kept.read(knex, OPTIONS);
    await write('b', NOW);
    const second = holdRows(knex);
    const later = kept.read(second.knex, OPTIONS);
    await second.haveCome;
    first.release();
    await slow;
    second.release();
    const rows = sorted((await later).map(({ row }) => row));
    expect(rows.map(row => Number(row.sampled_at))).toEqual([NOW + 1, NOW]);
    await expectAll(knex, kept);
  });

  it('misses nothing that many write while many read', async () => {
    const { knex, kept, others } = await open();
    for (let at = NOW; at < NOW + 40; at += 1) {
      const names = at % 2 ? ['a', 'b'] : ['b', 'c'];
      await Promise.all([
        kept.read(knex, OPTIONS),
        writePairs(
          knex,
          names.map(name => pair(name, 'd', at)),
          at,
        ),
        kept.read(knex, OPTIONS),
        writePairs(knex, [pair(names[0], 'e', at)], at),
        others.read(knex, OPTIONS),
      ]);
      if (at % 8 === 0) await expectAll(knex, kept, others);
    }
    expect(await expectAll(knex, kept, others)).toHaveLength(5);
  });

  it('keeps what it builds of a row for as long as the row is kept', async () => {
    const { knex, kept } = await open();
    await writePairs(knex, [pair('a', 'b')], NOW);
    const show = async (more: Partial<CellOptions> = {}) =>
      (await kept.read(knex, { ...OPTIONS, ...more }))[0].cell;
    const cell = await show();
    expect(cell).toMatchObject({ from: 'a', to: 'b', source: 'of a' });
    expect(await show()).toBe(cell);
    expect((await show({ percentile: 'p99' })).needed).toBe(
      PERCENTILES[2].needed,
    );
    const labelOf = () => 'renamed';
    expect((await show({ labelOf })).source).toBe('renamed');
    expect(await show({ window: '1h' })).not.toBe(await show());
    await writePairs(knex, [{ ...pair('a', 'b'), state: 'down' }], NOW);
    expect(await show()).toMatchObject({ state: 'down' });
  });
});
