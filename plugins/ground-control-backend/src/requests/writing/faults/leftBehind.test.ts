import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import { FaultWorld } from './__testUtils__/FaultWorld';

const databases = createTestDatabases();
const LOCKS = [
  'HEAD.lock',
  'config.lock',
  'index.lock',
  'packed-refs.lock',
  'shallow.lock',
  'refs/remotes/origin/master.lock',
  'refs/ground-control/writing.lock',
];
const OTHERS = [
  'objects/ab/tmp_obj_Zxy123',
  'objects/info/commit-graph.lock',
  'objects/pack/.tmp-4711-pack-0a1b.pack',
  'objects/pack/multi-pack-index.lock',
  'objects/pack/tmp_idx_Zxy123',
  'objects/pack/tmp_pack_Zxy123',
];

// Of a mirror, which is each process's own whatever the database is.
describe('What a dead git left in the mirror', () => {
  let made: FaultDatabases;
  let world: FaultWorld;

  beforeAll(async () => {
    made = await FaultDatabases.create(databases, 'SQLITE_3');
  });
  beforeEach(async () => {
    world = await FaultWorld.create(await made.open());
  });
  afterEach(() => world.close());
  afterAll(() => made.close());

  const mirror = () => {
    const [own, ...others] = readdirSync(world.directory).filter(
      name => name !== 'home',
    );
    expect(others).toEqual([]);
    return join(world.directory, own, 'mirror.git');
  };
  const leave = (names: string[]) => {
    for (const name of names) {
      const path = join(mirror(), name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'left behind');
    }
  };
  const findLeft = () =>
    readdirSync(mirror(), { recursive: true, encoding: 'utf8' })
      .filter(path => /\.lock$|tmp|crash/.test(path))
      .sort();

  it('is cleared away by the next process', async () => {
    const numbers = await world.approveAll();
    const dying = await world.start({
      git: { command: 'fast-import', when: { bytes: 3_000 } },
    });
    await world.reached();
    await dying.kill();
    world.halt.end();
    // The half of a pack is really there.
    expect(findLeft()).toEqual([expect.stringMatching(/tmp_pack_/)]);
    leave([...LOCKS, ...OTHERS]);
    await world.start();
    await world.areCommitted(numbers);
    expect(findLeft()).toEqual([]);
    // The copy itself is as good as ever, and isn't fetched anew for it.
    expect(world.log).not.toMatch(/damaged/);
    await expectOnce(world, numbers);
  });

  it('stops no process that runs', async () => {
    const first = await world.approve('ledger', 2);
    await world.start();
    await world.areCommitted([first]);
    leave(LOCKS);
    const next = await world.approve('gateway', 2);
    await world.areCommitted([next]);
    expect(world.writers.commits()).toEqual([first, next]);
    await expectOnce(world, [first, next], ['write-failed']);
  });

  it.each([
    ['fast-import', { bytes: 3_000 }, 'write-failed'],
    ['push', 'before', 'remote-failing'],
    ['push', 'after', 'remote-failing'],
  ] as const)(
    'is of a git that was killed while its process lives: %s, %p',
    async (command, when, code) => {
      const numbers = await world.approveAll();
      const process = await world.start({ git: { command, when } });
      await world.reached();
      world.halt.end();
      await world.areCommitted(numbers);
      expect(process.isRunning).toBe(true);
      expect(findLeft()).toEqual([]);
      await expectOnce(world, numbers, [code]);
    },
  );
});
