import Knex from 'knex';
import { BatchSize } from './BatchSize';

describe('BatchSize', () => {
  const knex = Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  afterAll(() => knex.destroy());

  /** Looks while so many wait for the only connection. */
  async function lookBeside(size: BatchSize, others: number) {
    const waiting: Array<Promise<unknown>> = [];
    await knex.transaction(async tx => {
      for (let i = 0; i < others; i++)
        waiting.push(knex.select(knex.raw('1')).then());
      await tx.select(tx.raw('1'));
      size.look();
    });
    await Promise.all(waiting);
  }

  it.each([
    { others: 0, commits: 200 },
    { others: 3, commits: 200 },
    { others: 4, commits: 50 },
    { others: 30, commits: 50 },
  ])('takes $commits where $others wait', async ({ others, commits }) => {
    const size = new BatchSize(knex);
    await lookBeside(size, others);
    expect(size.commits).toBe(commits);
  });

  it('takes few for as long as somebody may ask again', async () => {
    let now = 1_000;
    const size = new BatchSize(knex, () => now);
    await lookBeside(size, 10);
    now += 4_999;
    await lookBeside(size, 0);
    expect(size.commits).toBe(50);
    now += 1;
    expect(size.commits).toBe(200);
  });
});
