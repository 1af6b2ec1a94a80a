import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { Change, ChangeHub } from './ChangeHub';
import { decideDelay } from './decideDelay';
import { Lease } from './Lease';
import { Loop } from './Loop';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';

const databases = createTestDatabases();

describe('decideDelay', () => {
  const options = { intervalMs: 1_000, maxBackoffMs: 10_000, chance: 0 };
  it.each([
    [0, 1_000],
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [5, 10_000],
    [5_000, 10_000],
  ])('after %d failures waits %d', (failures, delay) => {
    expect(decideDelay({ ...options, failures })).toBe(delay);
  });

  it.each([
    [0, 1_000],
    [1, 50],
    [2, 100],
    [5_000, 10_000],
  ])(
    'tries again sooner than its interval, after %d failures',
    (failures, delay) => {
      expect(decideDelay({ ...options, retryMs: 50, failures })).toBe(delay);
    },
  );

  it('spreads failures, and never below four fifths', () => {
    expect(decideDelay({ ...options, failures: 1, chance: 1 })).toBe(800);
    expect(decideDelay({ ...options, failures: 0, chance: 1 })).toBe(1_000);
  });
});

describe('Loop', () => {
  it('goes on after failures, wakes early, and stops in the middle', async () => {
    let rounds = 0;
    let aborted = false;
    const errors: unknown[] = [];
    const loop = new Loop({
      intervalMs: 60_000,
      maxBackoffMs: 60_000,
      onError: error => errors.push(error),
      work: async signal => {
        rounds += 1;
        if (rounds === 1) throw new Error('first');
        if (rounds === 3) {
          await new Promise<void>(resolve => {
            signal.addEventListener('abort', () => {
              aborted = true;
              resolve();
            });
          });
        }
      },
    });
    loop.start();
    await until(() => rounds === 1);
    loop.wake();
    await until(() => rounds === 2);
    loop.wake();
    await until(() => rounds === 3);
    await loop.stop();
    expect(aborted).toBe(true);
    expect(errors).toHaveLength(1);
    loop.wake();
    expect(rounds).toBe(3);
  });

  it('does not forget a wake-up that came during a round', async () => {
    let rounds = 0;
    const loop: Loop = new Loop({
      intervalMs: 60_000,
      maxBackoffMs: 60_000,
      onError: () => {},
      work: async () => {
        rounds += 1;
        if (rounds === 1) loop.wake();
      },
    });
    loop.start();
    await until(() => rounds === 2);
    await loop.stop();
  });
});

describe('ChangeHub', () => {
  it('calls at once and waits, then gathers, whatever a listener throws', async () => {
    const order: string[] = [];
    const errors: unknown[] = [];
    const hub = new ChangeHub({ gatherMs: 20, onError: e => errors.push(e) });
    let gathered: Change[] = [];
    hub.subscribe(() => {
      throw new Error('bad listener');
    });
    hub.subscribe(async change => {
      await new Promise(resolve => setTimeout(resolve, 5));
      order.push(change.kind);
    });
    hub.subscribeGathered(changes => {
      order.push('gathered');
      gathered = changes;
    });
    await hub.publish({ kind: 'services', services: 'all' });
    expect(order).toEqual(['services']);
    await hub.publish({ kind: 'repository' });
    await until(() => order.includes('gathered'));
    expect(order).toEqual(['services', 'repository', 'gathered']);
    expect(gathered).toHaveLength(2);
    expect(errors).toHaveLength(2);
    hub.close();
  });
});

describe.each(databases.eachSupportedId())('Lease on %s', id => {
  const setUp = async (ttlMs: number) => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const gained: string[] = [];
    const create = (holder: string) =>
      new Lease({
        knex,
        name: 'work',
        holder,
        ttlMs,
        onGained: () => gained.push(holder),
        onError: () => {},
      });
    return { knex, create, gained };
  };
  /** As if its time had passed, without a wait that a busy machine outlasts. */
  const endEarly = (knex: Knex) => knex('leases').update({ expires_at: 0 });

  it('lets its holder write, and nobody who lost it', async () => {
    const { knex, create, gained } = await setUp(60_000);
    const [one, two] = [create('one'), create('two')];
    await one.renew();
    const epoch = one.epoch!;
    await knex.transaction(tx => one.check(tx, epoch));
    await endEarly(knex);
    await two.renew();
    expect(two.epoch).toBeGreaterThan(epoch);
    // It slept, and still believes that it holds the lease.
    expect(one.epoch).toBe(epoch);
    await expect(knex.transaction(tx => one.check(tx, epoch))).rejects.toThrow(
      /no longer held/,
    );
    expect(one.epoch).toBeUndefined();
    await knex.transaction(tx => two.check(tx, two.epoch!));
    expect(gained).toEqual(['one', 'two']);
  });

  it('refuses even its holder after its end, until renewed', async () => {
    const { knex, create } = await setUp(60_000);
    const lease = create('one');
    await lease.renew();
    const epoch = lease.epoch!;
    await endEarly(knex);
    await expect(
      knex.transaction(tx => lease.check(tx, epoch)),
    ).rejects.toThrow(/no longer held/);
    await lease.renew();
    await knex.transaction(tx => lease.check(tx, lease.epoch!));
  });

  if (id === 'POSTGRES_18') {
    it('is held by one at a time, and passed on by stop', async () => {
      const { create } = await setUp(60_000);
      const [one, two] = [create('one'), create('two')];
      await Promise.all([one.renew(), two.renew()]);
      const holders = [one, two].filter(lease => lease.epoch !== undefined);
      expect(holders).toHaveLength(1);
      const [holder] = holders;
      const other = holder === one ? two : one;
      await holder.stop();
      await other.renew();
      expect(other.epoch).toBeDefined();
    });

    it('cannot be taken while a write under it is going on', async () => {
      // Also how long the transaction may rest, which a busy machine makes it.
      const { knex, create } = await setUp(60_000);
      const [one, two] = [create('one'), create('two')];
      await one.renew();
      const order: string[] = [];
      await knex('leases').update({ expires_at: Date.now() + 3_000 });
      await knex.transaction(async tx => {
        await one.check(tx, one.epoch!);
        await tx.raw('select pg_sleep(3.1)');
        void two.renew().then(() => order.push('taken'));
        await tx.raw('select pg_sleep(0.5)');
        order.push('written');
      });
      await until(() => order.length === 2);
      expect(order).toEqual(['written', 'taken']);
    });
  }
});
