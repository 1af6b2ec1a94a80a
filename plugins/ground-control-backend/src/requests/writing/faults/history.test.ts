import { createTestDatabases } from '../../../__testUtils__/databases';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import { FaultWorld, READS_WHEN_TOLD } from './__testUtils__/FaultWorld';

const databases = createTestDatabases();
// It is the branch that changes here; what a database does then, others test.
describe('A branch that others rewrite', () => {
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

  const git = (...args: string[]) => world.writers.repository.git(...args);
  /** The commit's content and words on another commit, as a cherry-pick leaves it. */
  const copy = (revision: string, onto: string, message?: string) =>
    git(
      ...['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'],
      ...['commit-tree', '-p', onto],
      ...['-m', message ?? git('log', '-1', '--format=%B', revision)],
      message ? `${onto}^{tree}` : `${revision}^{tree}`,
    );
  const branchIsRead = () => {
    const tip = world.writers.repository.tip();
    return world.until('the branch was read', async () => {
      const row = await world.knex('repositories').first('tip');
      return row?.tip === tip;
    });
  };
  /** A process that dies when it has pushed, and before it knows. */
  const pushAndDie = async () => {
    const dying = await world.start(
      { git: { command: 'push', when: 'after' } },
      READS_WHEN_TOLD,
    );
    await world.reached();
    await dying.kill();
    world.halt.end();
    return world.writers.repository.tip();
  };
  /** Git counts whole seconds: what is written in the same one is the same commit. */
  const nextSecond = () =>
    new Promise(resolve => setTimeout(resolve, 1_010 - (Date.now() % 1_000)));
  /** The same with another first commit: nothing that was judged is in it. */
  const rewriteAll = () => {
    const first = git('rev-list', '--max-parents=0', 'master');
    world.writers.repository.reset(
      git(
        ...['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'],
        ...['commit-tree', '-m', 'Begin anew', `${first}^{tree}`],
      ),
    );
  };

  it('outdates a request that was approved for what is there no more', async () => {
    const numbers = await world.approveAll();
    await pushAndDie();
    rewriteAll();
    await world.start();
    for (const number of numbers) {
      await world.writers.stateIs(number, 'outdated', 'moved');
    }
    expect(world.writers.commits()).toEqual([]);
  });

  it('outdates one that was pending meanwhile, whoever approves it then', async () => {
    const number = await world.approve('ledger', 2, { state: 'pending' });
    await world.start();
    await branchIsRead();
    rewriteAll();
    await branchIsRead();
    await world.writers.move(number, { type: 'approve', code: 'approved' });
    await world.writers.stateIs(number, 'outdated', 'moved');
    expect(world.writers.commits()).toEqual([]);
  });

  it('gets a request again whose commit was thrown off before it was read', async () => {
    const numbers = await world.approveAll();
    const base = world.writers.repository.tip();
    const ours = await pushAndDie();
    world.writers.repository.reset(base);
    await nextSecond();
    await world.start();
    await world.areCommitted(numbers);
    expect(world.writers.repository.tip()).not.toBe(ours);
    await expectOnce(world, numbers);
  });

  it('takes no copy of our commit for ours, before it is read', async () => {
    const number = await world.approve('ledger', 2);
    const base = world.writers.repository.tip();
    const ours = await pushAndDie();
    world.writers.repository.reset(copy(ours, base));
    await world.start();
    await world.writers.stateIs(number, 'outdated', 'moved');
    expect(await world.writers.row(number)).toMatchObject({ revision: null });
    expect(await world.writers.steps(number)).toEqual(['moved']);
  });

  it('takes no copy of our commit for ours, after it was read', async () => {
    const number = await world.approve('ledger', 2);
    await world.start();
    await world.areCommitted([number]);
    const ours = world.writers.repository.tip();
    world.writers.repository.reset(copy(ours, `${ours}^`));
    await world.until('it is told', async () =>
      (await world.writers.steps(number)).includes('history-rewritten'),
    );
    expect(await world.writers.row(number)).toMatchObject({
      state: 'committed',
      revision: ours,
    });
  });

  it('believes no trailers, and writes what they say is written', async () => {
    const numbers = await world.approveAll();
    const { repository } = world.writers;
    const base = repository.tip();
    const forged = copy(
      base,
      base,
      `[dev/ledger] release x by y\n\nService: ledger\nEnvironment: dev\nRelease-request: REQ-${
        numbers[0]
      }\nAudit-head: 1 ${'a'.repeat(64)}\n`,
    );
    repository.reset(forged);
    await world.start();
    await world.areCommitted(numbers);
    expect(world.writers.commits()).toEqual([numbers[0], ...numbers]);
    const row = await world.writers.row(numbers[0]);
    expect(row.revision).toBe(git('rev-parse', 'master~2'));
    expect(row.revision).not.toBe(forged);
  });

  it('gets nothing that was put in the place of what was approved, when it is written again', async () => {
    const numbers = await world.approveAll();
    const dying = await world.start({
      git: { command: 'push', when: 'before' },
    });
    await world.reached();
    await dying.kill();
    world.halt.end();
    await world.writers.build(
      { service: 'ledger', number: 2 },
      'replicas: 7\n',
    );
    await world.writers.removeBuild({ service: 'gateway', number: 2 });
    await world.start();
    await world.writers.stateIs(numbers[0], 'outdated', 'artifact-changed');
    await world.writers.stateIs(numbers[1], 'outdated', 'artifact-gone');
    await world.areCommitted([numbers[2]]);
    expect(world.writers.commits()).toEqual([numbers[2]]);
    await expectOnce(world, [numbers[2]]);
  });

  it('says committed of what was pushed, though its artifact is gone since', async () => {
    const number = await world.approve('ledger', 2);
    await pushAndDie();
    await world.writers.removeBuild({ service: 'ledger', number: 2 });
    await world.start();
    await world.areCommitted([number]);
    expect(world.writers.commits()).toEqual([number]);
    await expectOnce(world, [number]);
  });
});
