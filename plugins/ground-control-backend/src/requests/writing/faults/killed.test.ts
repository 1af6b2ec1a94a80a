import { createTestDatabases } from '../../../__testUtils__/databases';
import { expectOnce } from './__testUtils__/expectOnce';
import { FaultDatabases } from './__testUtils__/FaultDatabases';
import {
  FaultWorld,
  READS_WHEN_TOLD,
  StandStill,
} from './__testUtils__/FaultWorld';

const databases = createTestDatabases();
/** Every step of the writer, in their order, and how a process stands still in it. */
const STEPS: Array<[step: string, at: StandStill]> = [
  [
    'before the first object',
    { git: { command: 'fast-import', when: 'before' } },
  ],
  [
    'between objects',
    { git: { command: 'fast-import', when: { bytes: 3_000 } } },
  ],
  [
    'when the objects are written',
    { git: { command: 'fast-import', when: 'after' } },
  ],
  [
    'while the commits are noted',
    { beforeCommitOf: /insert into release_request_commits/ },
  ],
  [
    'when they are noted, before the push',
    { git: { command: 'push', when: 'before' } },
  ],
  ['during the push, before the ref moves', { hook: 'pre-receive' }],
  ['during the push, after the ref moved', { hook: 'post-receive' }],
  ['after the push', { git: { command: 'push', when: 'after' } }],
  [
    'while it notes that it pushed',
    { beforeCommitOf: /update .release_requests. set .next_attempt_at/ },
  ],
  [
    'while the branch is read',
    { beforeCommitOf: /insert into releases .*master-0000000300/s },
  ],
  [
    'while it settles',
    { beforeCommitOf: /update .release_requests. set .*committed_at/ },
  ],
];

describe.each(databases.eachSupportedId())(
  'A writing process that is killed on %s',
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

    it.each(STEPS)('%s', async (_, at) => {
      const numbers = await world.approveAll();
      // For the same place as the first: it is never to overtake it.
      const second = await world.approve('ledger', 3);
      const dying = await world.start(at, READS_WHEN_TOLD);
      await world.reached();
      // SQLite is for one process: there, the next begins when this one ended.
      if (id !== 'SQLITE_3') await world.start();
      await dying.kill();
      world.halt.end();
      if (id === 'SQLITE_3') await world.start();

      await world.areCommitted(numbers);
      await world.writers.stateIs(second, 'outdated', 'moved');
      expect(world.writers.commits()).toEqual(numbers);
      await expectOnce(world, numbers);
    });
  },
);
