import { createTestDatabases } from '../../../__testUtils__/databases';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import { FaultWorld } from './__testUtils__/FaultWorld';

const databases = createTestDatabases();
/** When a push arrives whose process is dead or asleep, and so knows nothing of it. */
const ORDERS = [
  'before the next process looks',
  'between what the next process notes and its push',
  'after the push of the next process',
] as const;

describe.each(databases.eachSupportedId())('A push that is late, on %s', id => {
  let made: FaultDatabases;
  let world: FaultWorld;

  beforeAll(async () => {
    made = await FaultDatabases.create(databases, id as 'SQLITE_3');
  });
  beforeEach(async () => {
    world = await FaultWorld.create(await made.open());
  });
  afterEach(() => world.close());
  afterAll(() => made.close());

  it.each(
    ORDERS.flatMap(order => [
      ['killed', order] as const,
      ['put to sleep', order] as const,
    ]),
  )('of a process that was %s, arrives %s', async (how, order) => {
    const { writers, halt } = world;
    const numbers = await world.approveAll();
    const base = writers.repository.tip();
    world.hook('pre-receive', halt.formatScript(false));
    const first = await world.start();
    await world.reached();
    const arrive = async () => {
      halt.release();
      await world.until('it ended', async () => halt.isOver);
      expect(writers.repository.tip()).not.toBe(base);
    };
    if (how === 'killed') await first.kill();
    else first.sleep();
    if (order === ORDERS[0]) {
      await arrive();
      await world.start();
    } else if (order === ORDERS[1]) {
      const push = world.addHalt();
      await world.start({
        git: { command: 'push', when: 'before' },
        halt: push,
      });
      await world.reached(push);
      await arrive();
      push.release();
    } else {
      await world.start();
    }
    await world.areCommitted(numbers);
    if (order === ORDERS[2]) await arrive();
    if (how !== 'killed') {
      first.wake();
      await world.until('it noticed', async () =>
        new RegExp(`^${first.pid} warn Writing.*no longer held`, 'm').test(
          world.log,
        ),
      );
    }
    await expectOnce(world, numbers);
  });
});
