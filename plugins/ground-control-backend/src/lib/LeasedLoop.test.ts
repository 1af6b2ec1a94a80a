import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';
import { LeasedLoop, LeasedRound } from './LeasedLoop';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('LeasedLoop on %s', id => {
  const start = async (work: (round: LeasedRound) => Promise<void>) => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const logger = createRecordingLogger();
    const loop = new LeasedLoop({
      knex,
      logger,
      name: 'test',
      intervalMs: 10,
      maxBackoffMs: 20,
      failed: 'Counting failed',
      recovered: 'Counting works again',
      work,
    });
    loop.start();
    return { knex, logger, loop };
  };

  it('says a fault once, another one too, and when it is over', async () => {
    const faults = ['away', 'away', 'away', 'refused'];
    let good = 0;
    const { loop, logger } = await start(async round => {
      const fault = faults.shift();
      // Whether it is thrown or told of makes no difference.
      if (faults.length === 1) round.fault(new Error(fault));
      else if (fault) throw new Error(fault);
      else good += 1;
    });
    await until(() => good > 2);
    expect(loop.isFailing).toBe(false);
    await loop.stop();
    const said = logger.lines.filter(line => /Counting/.test(line));
    expect(said).toEqual([
      expect.stringContaining('Counting failed and is tried again: away'),
      expect.stringContaining('Counting failed and is tried again: refused'),
      expect.stringContaining('Counting works again'),
    ]);
  });

  it('stays failing while only a part of it works', async () => {
    let rounds = 0;
    const { loop, logger } = await start(async round => {
      rounds += 1;
      round.fault(new Error('one of many'));
    });
    await until(() => rounds > 3);
    expect(loop.isFailing).toBe(true);
    await loop.stop();
    expect(logger.lines.join('\n')).not.toMatch(/works again/);
  });

  it('writes nothing once another holds the lease', async () => {
    let refused = 0;
    let written = 0;
    const { knex, loop } = await start(async round => {
      await round
        .transact(async tx => {
          await tx('audit_head').select('id');
          written += 1;
        })
        .catch(() => {
          refused += 1;
        });
    });
    await until(() => written > 0);
    await knex('leases').update({ holder: 'another', epoch: 9 });
    await until(() => refused > 0);
    const before = written;
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(written).toBe(before);
    await loop.stop();
  });

  it('lets go of the lease last', async () => {
    const { knex, loop } = await start(async () => {});
    const read = async () =>
      Number((await knex('leases').first('expires_at'))?.expires_at ?? 0);
    let held = 0;
    await until(() => {
      read().then(value => {
        held = value;
      });
      return held > 0;
    });
    let atLeaving = 0;
    await loop.stop(async () => {
      atLeaving = await read();
    });
    expect(atLeaving).toBeGreaterThan(0);
    expect(await read()).toBe(0);
  });
});
