import { randomBytes } from 'node:crypto';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { readSteps } from '../../store/readSteps';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import { FaultWorld } from './__testUtils__/FaultWorld';
import { SmallDisk } from './__testUtils__/SmallDisk';

const databases = createTestDatabases();
const IS_REAL = SmallDisk.canBeReal();
/** Each name says what it proves; the first proves most. */
const DISKS = [
  ...(IS_REAL ? [['of the mirrors', true] as const] : []),
  ['of the mirrors, where git alone finds it full', false] as const,
];
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

  it.each(DISKS)(
    '%s, holds requests until there is room',
    async (_, mounts) => {
      disk = SmallDisk.create({ mounts });
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
    },
  );

  it.each(DISKS.slice(0, 1))('%s, when a process starts', async (_, mounts) => {
    disk = SmallDisk.create({ mounts });
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

  if (IS_REAL) {
    it('of the database as well, loses nothing that was approved', async () => {
      disk = SmallDisk.create({
        size: id === 'SQLITE_3' ? undefined : ROOM_FOR_POSTGRES,
      });
      world = await FaultWorld.create(await made.open(disk.path), disk.path);
      const numbers = await world.approveAll();
      await world.start({ git: { command: 'push', when: 'after' } });
      await world.reached();
      disk.fill();
      await isFull();
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
  }
});
