import { createTestDatabases } from '../../../__testUtils__/databases';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import { FaultWorld, StandStill } from './__testUtils__/FaultWorld';
import { WriterProcess } from './__testUtils__/WriterProcess';

const databases = createTestDatabases();
const PLACES: Array<[place: string, at: StandStill]> = [
  [
    'between its objects and their note',
    { git: { command: 'fast-import', when: 'after' } },
  ],
  [
    'between their note and the push',
    { git: { command: 'push', when: 'before' } },
  ],
  ['after its push', { git: { command: 'push', when: 'after' } }],
];
/** Where it holds locks that the next holder needs. SQLite waits for them. */
const TRANSACTIONS: Array<[place: string, at: StandStill]> = [
  [
    'while it notes commits',
    { beforeCommitOf: /insert into release_request_commits/ },
  ],
  [
    'while it settles',
    { beforeCommitOf: /update .release_requests. set .*committed_at/ },
  ],
];

describe.each(databases.eachSupportedId())(
  'A writing process that sleeps past its lease on %s',
  id => {
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

    const readAll = () =>
      Promise.all(
        [
          'release_requests',
          'release_request_steps',
          'release_request_commits',
          'audit_entries',
        ].map(table => world.knex(table)),
      );
    /** It goes on where it stood, and is told that its time is over. */
    const wake = async (asleep: WriterProcess) => {
      const lost = new RegExp(
        `^${asleep.pid} warn (?=.*(writer|Writing|Which releases)).*(no longer held|terminat)`,
        'm',
      );
      world.halt.release();
      asleep.wake();
      await world.until('it noticed', async () => lost.test(world.log));
    };

    it.each([...PLACES, ...(id === 'SQLITE_3' ? [] : TRANSACTIONS)])(
      'writes nothing when it wakes %s',
      async (_, at) => {
        const numbers = await world.approveAll();
        const asleep = await world.start(at);
        await world.reached();
        asleep.sleep();
        await world.start();
        await world.areCommitted(numbers);
        const rows = await readAll();
        const tip = world.writers.repository.tip();
        await wake(asleep);
        expect(await readAll()).toEqual(rows);
        expect(world.writers.repository.tip()).toBe(tip);
        await expectOnce(world, numbers);
      },
    );
  },
);
