import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { WriterWorld } from './__testUtils__/WriterWorld';

const databases = createTestDatabases();
const MANY = 500;
const names = Array.from({ length: MANY }, (_, i) => `service-${i}`);

describe.each(databases.eachSupportedId())(
  'RequestWriter in a storm on %s',
  id => {
    let knex: Knex;
    let world: WriterWorld;

    beforeEach(async () => {
      knex = await databases.init(id as TestDatabaseId);
      await migrate(knex);
      world = WriterWorld.create(knex, names);
    });

    afterEach(() => world.close());

    it('brings 500 that are approved at once onto the branch, once and in order', async () => {
      const { mirror } = await world.startRead({ writes: false });
      const numbers: number[] = [];
      for (const service of names) {
        numbers.push(await world.approve({ service, number: 2 }));
      }
      await world.start();
      await world.until(
        'all are committed',
        async () => {
          const [{ n }] = await knex('release_requests')
            .where({ state: 'committed' })
            .count({ n: '*' });
          return Number(n) === MANY;
        },
        90_000,
      );
      expect(world.commits()).toEqual(numbers);
      expect(mirror.pushes).toBe(0);
      const positions = await knex('release_requests')
        .orderBy('number')
        .pluck('position');
      expect(positions).toEqual(numbers.map((_, i) => i + 2));
    });

    it('loses and doubles nothing with two processes and another program', async () => {
      await world.startRead();
      // SQLite is for one process: there the second one starts when the first ends.
      if (id !== 'SQLITE_3') await world.start();
      const stopPushing = world.keepPushing(300);
      const numbers: number[] = [];
      for (const service of names.slice(0, 60)) {
        numbers.push(await world.approve({ service, number: 2 }));
      }
      try {
        for (const number of numbers) await world.stateIs(number, 'committed');
      } finally {
        await stopPushing();
      }
      expect(world.commits()).toEqual(numbers);
    });
  },
);
