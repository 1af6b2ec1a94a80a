import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { createPair } from '../book/createPair';
import { readChanges } from './changes';
import { formatPairRow } from './pairRow';
import { forgetOtherSources } from './sources';

const migration = require('../../../migrations/20261124000000_link_changes');

const databases = createTestDatabases();
const NOW = Date.parse('2026-03-02T12:00:00.000Z');

const row = (from: string, to: string) =>
  formatPairRow(createPair({ from, to, sourceId: 's' }, NOW), NOW);

describe.each(databases.eachSupportedId())('an upgrade on %s', id => {
  async function open() {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const readCounts = async () =>
      (await readChanges(knex)).map(({ from_cluster: name, changes }) => [
        name,
        Number(changes),
      ]);
    return { knex, readCounts };
  }

  it('counts links that were written before', async () => {
    const { knex, readCounts } = await open();
    await migration.down(knex);
    await knex('latency_pairs').insert([
      row('b', 'a'),
      row('a', 'b'),
      row('a', 'c'),
    ]);
    await migration.up(knex);
    expect(await readCounts()).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('counts what a replica of before wrote, once sources are resumed', async () => {
    const { knex, readCounts } = await open();
    await knex('latency_pairs').insert([row('a', 'b')]);
    await forgetOtherSources(knex, ['s']);
    await knex('latency_pairs').insert([row('b', 'a')]);
    await forgetOtherSources(knex, ['s']);
    expect(await readCounts()).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });
});
