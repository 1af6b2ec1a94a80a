import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { readSteps } from '../../store/readSteps';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import { CANARY, FaultWorld } from './__testUtils__/FaultWorld';

const databases = createTestDatabases();
// It is the remote that fails here; what a database does then, others test.
describe('A remote that fails', () => {
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

  const are = (numbers: number[], code: string) =>
    world.until(`all say ${code}`, async () => {
      const all = await Promise.all(numbers.map(n => readSteps(world.knex, n)));
      return all.every(steps => steps.some(step => step.code === code));
    });

  it.each([
    ['is gone', 503, 'remote-unreachable', /can't be reached.*Check the URL/],
    ['lets us in no more', 403, 'remote-forbidden', /doesn't let|refuses our/],
  ])(
    'and %s for a while, holds requests, also over the death of the process',
    async (_, status, code, message) => {
      const first = await world.approve('ledger', 2);
      const dying = await world.start();
      await world.areCommitted([first]);
      world.server.status = status;
      const numbers = [
        await world.approve('gateway', 2),
        await world.approve('mailer', 2),
      ];
      await are(numbers, code);
      for (const number of numbers) {
        expect(await world.writers.row(number)).toMatchObject({
          state: 'held',
          code,
          message: expect.stringMatching(message),
        });
      }
      await dying.kill();
      await world.start();
      world.server.status = undefined;
      await world.areCommitted(numbers);
      await expectOnce(world, [first, ...numbers], [code]);
    },
  );

  it('and never answers a push that it took, gets none of it twice', async () => {
    const numbers = await world.approveAll();
    // The ref has moved by then, and nobody hears of it.
    await world.start({ hook: 'post-receive' }, { timeoutMs: 3_000 });
    await world.reached();
    await are(numbers, 'committed');
    world.halt.release();
    await world.until('it ended', async () => world.halt.isOver);
    expect(world.writers.commits()).toEqual(numbers);
    await expectOnce(world, numbers, ['remote-timeout']);
  });

  it('and refuses pushes for a while, gets them when it takes them again', async () => {
    const closed = join(world.writers.directory, 'closed');
    writeFileSync(closed, '');
    world.hook(
      'pre-receive',
      `[ -e "${closed}" ] || exit 0; echo "closed until nine, ask ops" >&2; exit 1`,
    );
    const numbers = await world.approveAll();
    const dying = await world.start();
    await are(numbers, 'push-refused');
    expect(world.writers.commits()).toEqual([]);
    const [step] = await readSteps(world.knex, numbers[0]);
    expect(step).toMatchObject({
      state: null,
      message: expect.stringMatching(/refuses commits.*closed until nine/),
    });
    await dying.kill();
    expect(existsSync(closed)).toBe(true);
    rmSync(closed);
    await world.start();
    await world.areCommitted(numbers);
    await expectOnce(world, numbers, ['push-refused']);
    expect(step.message).not.toContain(CANARY);
  });
});
