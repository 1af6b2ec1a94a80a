import { randomBytes } from 'node:crypto';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { readSteps } from '../../store/readSteps';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import { FaultWorld } from './__testUtils__/FaultWorld';
import { SmallDisk } from './__testUtils__/SmallDisk';

const databases = createTestDatabases();
const IS_REAL = SmallDisk.canBeReal();
/** A new PostgreSQL takes 63 MB, its log included; the tables come on top. */
const ROOM_FOR_POSTGRES = '128m';
describe.each(databases.eachSupportedId())('A full disk, on %s', id => {
  let made: FaultDatabases;
  let world: FaultWorld;
  let disk: SmallDisk;

  beforeAll(async () => {
    made = await FaultDatabases.create(databases, id as 'SQLITE_3');
  });
  afterEach(async () => {
    await world.close();
    disk.close();
  });
  afterAll(() => made.close());

  const say = (numbers: number[], code: string) =>
    world.until(`all say ${code}`, async () => {
      const all = await Promise.all(numbers.map(n => readSteps(world.knex, n)));
      return all.every(steps => steps.some(step => step.code === code));
    });

  /** That the database takes nothing more. */
  const isFull = () =>
    expect(
      world.knex('release_requests').update({
        // So that it can't be packed into what is left.
        message: randomBytes(1_000_000).toString('base64'),
      }),
    ).rejects.toThrow(/is full|No space left/);

  it.each([
    ['of the mirrors', undefined],
    ['of the mirrors, where git alone finds it full', { mounts: false }],
  ])('%s, holds requests until there is room', async (_, options) => {
    disk = SmallDisk.create(options);
    world = await FaultWorld.create(await made.open(), disk.path);
    const first = await world.approve('ledger', 2);
    await world.start({ bin: disk.bin });
    await world.areCommitted([first]);
    disk.fill();
    const next = await world.approve('gateway', 2);
    await say([next], 'write-failed');
    expect(await world.writers.row(next)).toMatchObject({
      state: 'held',
      message: expect.stringMatching(/Check the disk of this backend/),
    });
    disk.free();
    await world.areCommitted([next]);
    await expectOnce(world, [first, next], ['write-failed']);
  });

  it('of the mirrors, when a process starts', async () => {
    disk = SmallDisk.create();
    world = await FaultWorld.create(await made.open(), disk.path);
    const numbers = await world.approveAll();
    disk.fill();
    await world.start({ bin: disk.bin });
    await world.until('it is told', async () =>
      /warn .*(ENOSPC|no space|too large)/i.test(world.log),
    );
    expect(world.log).not.toMatch(/in use by other processes/);
    disk.free();
    await world.areCommitted(numbers);
    expect(world.writers.commits()).toEqual(numbers);
    await expectOnce(world, numbers, ['write-failed']);
  });

  it(`${
    IS_REAL
      ? 'of the database as well'
      : 'of the mirrors alone, because none of the database can be filled here'
  }, loses nothing that was approved`, async () => {
    disk = SmallDisk.create({
      size: id === 'SQLITE_3' ? undefined : ROOM_FOR_POSTGRES,
    });
    const database = await made.open(IS_REAL ? disk.path : undefined);
    world = await FaultWorld.create(database, disk.path);
    const numbers = await world.approveAll();
    const at = { git: { command: 'push', when: 'after' } } as const;
    await world.start(IS_REAL ? at : { bin: disk.bin });
    if (IS_REAL) await world.reached();
    disk.fill();
    if (IS_REAL) await isFull();
    const { log } = world;
    world.halt.release();
    await world.until('it noticed', async () =>
      /warn .*(full|no space|too large|couldn't write)/i.test(
        world.log.slice(log.length),
      ),
    );
    disk.free();
    await world.areCommitted(numbers);
    expect(world.writers.commits()).toEqual(numbers);
    await expectOnce(world, numbers, ['write-failed']);
  });
});
