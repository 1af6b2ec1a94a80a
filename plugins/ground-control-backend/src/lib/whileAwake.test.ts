import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { isSqlite } from './isSqlite';
import { whileAwake } from './whileAwake';

const databases = createTestDatabases();
describe.each(databases.eachSupportedId())('whileAwake on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.schema.createTable('things', table => table.integer('id'));
  });
  beforeEach(async () => {
    await knex('things').delete();
    await knex('things').insert({ id: 1 });
  });

  const add = (tx: Knex, restMs?: number) =>
    whileAwake(tx as Knex.Transaction, tx('things').where({ id: 1 }), restMs)
      .increment('id', 1)
      .then(Number);

  it('changes nothing of what the query does', async () => {
    expect(await knex.transaction(tx => add(tx, 60_000))).toBe(1);
    expect(await knex('things').pluck('id')).toEqual([2]);
    expect(await knex.transaction(tx => add(tx))).toBe(0);
  });

  it('gives up the locks of who rests in the middle, where another could wait for them', async () => {
    const resting = await knex.transaction();
    const end = resting.executionPromise.then(
      () => 'committed',
      () => 'ended',
    );
    await add(resting, 200);
    // Another waits for the lock, and gets it; SQLite has no other.
    if (!isSqlite(knex)) await knex.transaction(tx => add(tx));
    await resting.commit();
    expect(await end).toBe(isSqlite(knex) ? 'committed' : 'ended');
    expect(await knex('things').pluck('id')).toEqual([2]);
  });
});
