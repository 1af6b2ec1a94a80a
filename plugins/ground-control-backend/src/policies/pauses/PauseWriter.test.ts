import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { emptyTables } from '../../requests/__testUtils__/emptyTables';
import { as, SERVICE } from '../../requests/__testUtils__/RequestsFixture';
import { pauseAutoRelease } from '../../requests/decide/pauseAutoRelease';
import { createReading } from '../../requests/reading/__testUtils__/createReading';
import { RequestRow } from '../../requests/types';
import { Moment } from '../../requests/writing/__testUtils__/FaultyMirror';
import { PolicyWorld } from '../edit/__testUtils__/PolicyWorld';

const databases = createTestDatabases();
const HOUR = 3_600_000;
const PATH = `policies/${SERVICE.name}.json`;
const policiesOf = (...branches: Array<[environment: string, string]>) =>
  JSON.stringify({
    service: SERVICE.name,
    autoReleases: branches.map(([environment, branch]) => ({
      id: `auto-release-${branch}-${environment}`,
      branch,
      environment,
    })),
  });

describe.each(databases.eachSupportedId())('PauseWriter on %s', id => {
  let knex: Knex;
  let world: PolicyWorld;
  let row: RequestRow;

  beforeAll(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
  });
  beforeEach(async () => {
    await emptyTables(knex);
    world = await PolicyWorld.start(knex, { writes: false });
    const { history } = world.fixture;
    await history.release({
      service: SERVICE.name,
      number: 2,
      environment: 'prod',
      tree: 'a'.repeat(40),
    });
    const rollback = { intent: 'rollback', position: 1 } as never;
    row = await world.fixture.ask(rollback, { pauseAutoReleaseHours: 24 });
  });
  afterEach(() => world.stop());

  const now = () => Date.now() + world.aheadMs;
  /** As the approval of the rollback does it, which this test doesn't write. */
  const pause = () => knex.transaction(tx => pauseAutoRelease(tx, row, now()));
  const pass = (ms: number) => {
    world.aheadMs += ms;
  };
  const isAt = (phase: string) =>
    until(
      async () => {
        // It looks again after seconds, which a test doesn't have.
        pass(1_000);
        const [found] = await knex('auto_release_pauses').select('*');
        return found?.phase === phase && found;
      },
      {
        what: `the pause is ${phase}`,
        seen: () => knex('auto_release_pauses').select('*'),
      },
    );
  /** As the rollback's page tells it. */
  const readPause = async () => {
    const reading = createReading(world.fixture);
    return (await reading.read(as('ana.ruiz'), row.number)).autoReleasePause;
  };
  const branches = () =>
    world.repository.git('ls-tree', '--name-only', 'master', PATH) === ''
      ? []
      : JSON.parse(world.file(PATH)).autoReleases.map(
          ({ environment, branch }: Record<string, string>) =>
            `${environment} ${branch}`,
        );

  it('takes the auto-release out of the policies, and puts it back when it is over', async () => {
    await world.write({
      [PATH]: policiesOf(['dev', 'master'], ['prod', 'release']),
    });
    await pause();
    world.startWriter();
    const out = await isAt('out');
    expect(out).toMatchObject({ branch: 'release', number: row.number });
    expect(branches()).toEqual(['dev master']);
    const { environments } = await world.policies.read(as('ana.ruiz'), {
      level: 'service',
      service: SERVICE,
    });
    expect(
      environments.map(({ autoReleasePause }) => autoReleasePause),
    ).toEqual([
      undefined,
      undefined,
      { until: new Date(Number(out.until)).toISOString(), requestId: 'REQ-1' },
    ]);
    expect(world.message()).toMatch(
      /^\[ledger-api\] policy update: delete policies\n\nPaused until .* by the rollback REQ-1\.\n\nChanged-by: Ana Ruiz <ana@bank.example>/,
    );
    const commits = world.commits();
    pass(22 * HOUR);
    // It looks each 30 ms.
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(world.commits()).toBe(commits);

    pass(2 * HOUR);
    expect(await isAt('over')).toMatchObject({ branch: null });
    expect(branches()).toEqual(['dev master', 'prod release']);
    expect(world.commits()).toBe(commits + 1);
    expect(world.message()).toMatch(
      /apply auto-release in 'prod'\n\nThe pause that the rollback REQ-1 began is over\./,
    );
    expect(
      (await world.entries('policy.changed')).map((entry: any) => [
        entry.actor,
        JSON.parse(entry.details).effects,
      ]),
    ).toEqual([
      ['user:default/ana.ruiz', ['prod: auto-release release → none']],
      ['system:auto-release-pause', ['prod: auto-release none → release']],
    ]);
  });

  it('writes nothing where nothing is released by itself', async () => {
    await world.write({ [PATH]: policiesOf(['dev', 'master']) });
    const commits = world.commits();
    await pause();
    world.startWriter();
    await isAt('over');
    expect(world.commits()).toBe(commits);
  });

  it('takes nothing out where auto-releases are Ground Control’s, and puts back what was', async () => {
    await world.write({ [PATH]: policiesOf(['prod', 'master']) });
    await pause();
    world.startWriter();
    await isAt('out');
    await world.writer!.stop();
    world.autoReleases = true;
    world.startWriter();
    pass(24 * HOUR);
    await isAt('over');
    expect(branches()).toEqual(['prod master']);
    const commits = world.commits();
    await pause();
    // It looks each 30 ms.
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(world.commits()).toBe(commits);
  });

  it('leaves what somebody put there meanwhile', async () => {
    await world.write({ [PATH]: policiesOf(['prod', 'master']) });
    await pause();
    world.startWriter();
    await isAt('out');
    await world.write({ [PATH]: policiesOf(['prod', 'next']) });
    const commits = world.commits();
    pass(24 * HOUR);
    await isAt('over');
    expect(branches()).toEqual(['prod next']);
    expect(world.commits()).toBe(commits);
  });

  it('says that it can’t be put back where its branch isn’t allowed any more', async () => {
    await world.write({ [PATH]: policiesOf(['prod', 'master']) });
    await pause();
    world.startWriter();
    await isAt('out');
    await world.write({
      [PATH]: JSON.stringify({
        service: SERVICE.name,
        branchRestrictions: [
          {
            id: 'branch-restriction-prod',
            environment: 'prod',
            branchRegex: '^release$',
          },
        ],
      }),
    });
    const commits = world.commits();
    pass(24 * HOUR);
    await until(async () => {
      pass(HOUR);
      const [found] = await knex('auto_release_pauses').select('*');
      return found.phase === 'over';
    });
    expect(world.commits()).toBe(commits);
    expect(await readPause()).toMatchObject({
      fault: expect.stringMatching(/release/),
    });
    expect(world.logger.lines.filter(line => /can't be/.test(line))).toEqual([
      expect.stringMatching(
        /ledger-api in prod can't be put back after its pause, and has to be by hand: .*release/,
      ),
    ]);
  });

  it('takes out those of several environments of a service, one after the other', async () => {
    await world.write({
      [PATH]: policiesOf(['prod', 'master'], ['staging', 'next']),
    });
    await pause();
    await knex.transaction(tx =>
      pauseAutoRelease(tx, { ...row, environment: 'staging' }, now()),
    );
    world.startWriter();
    await until(async () => {
      const found = await knex('auto_release_pauses').select('phase');
      return found.every(({ phase }) => phase === 'out');
    });
    expect(branches()).toEqual([]);
    pass(24 * HOUR);
    await until(() => branches().length === 2);
    expect(branches().sort()).toEqual(['prod master', 'staging next']);
  });

  it('goes on where another rollback pauses it again', async () => {
    await world.write({ [PATH]: policiesOf(['prod', 'master']) });
    await pause();
    world.startWriter();
    await isAt('out');
    const commits = world.commits();
    pass(12 * HOUR);
    await pause();
    await isAt('out');
    pass(22 * HOUR);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(world.commits()).toBe(commits);
    pass(2 * HOUR);
    await isAt('over');
    expect(branches()).toEqual(['prod master']);
  });

  it('says once that policies can’t be read, and pauses when they can', async () => {
    await world.write({ [PATH]: '{' });
    await pause();
    world.startWriter();
    const said = () =>
      world.logger.lines.filter(line => /can't be paused/.test(line));
    await until(() => said().length > 0);
    pass(61_000);
    await until(async () => {
      const [found] = await knex('auto_release_pauses').select('*');
      return Number(found.next_attempt_at) > now();
    });
    expect(said()).toEqual([
      expect.stringMatching(/payments\/ledger-api in prod .*policies\//),
    ]);
    expect(await readPause()).toMatchObject({
      hours: 24,
      fault: expect.stringMatching(/^policies\//),
    });
    await world.write({ [PATH]: policiesOf(['prod', 'master']) });
    pass(61_000);
    await isAt('out');
    expect(await readPause()).toEqual({
      hours: 24,
      until: expect.stringMatching(/Z$/),
    });
    expect(branches()).toEqual([]);
  });

  it.each<Moment>(['write', 'written', 'push', 'pushed'])(
    'takes it out once, and puts it back, though its process dies at: %s',
    async moment => {
      await world.write({ [PATH]: policiesOf(['prod', 'master']) });
      const commits = world.commits();
      await pause();
      const reached = world.mirror.hangAt(moment);
      world.startWriter();
      await reached;
      await world.writer!.stop();
      world.mirror.at = () => {};
      world.startWriter();
      await until(async () => {
        pass(10_000);
        const [found] = await knex('auto_release_pauses').select('*');
        return found.phase === 'out';
      });
      expect(branches()).toEqual([]);
      expect(world.commits()).toBe(commits + 1);
      pass(24 * HOUR);
      await isAt('over');
      expect(branches()).toEqual(['prod master']);
      expect(world.commits()).toBe(commits + 2);
    },
  );
});
