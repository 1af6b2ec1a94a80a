import { join } from 'node:path';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { FaultDatabases } from '../../../requests/writing/faults/__testUtils__/FaultDatabases';
import {
  FaultWorld,
  StandStill,
} from '../../../requests/writing/faults/__testUtils__/FaultWorld';
import { expectRequestHeads } from '../../../requests/writing/__testUtils__/expectRequestHeads';
import { AccessWriterWorld } from './__testUtils__/AccessWriterWorld';

const databases = createTestDatabases();
const SETTINGS = { worker: join(__dirname, '__testUtils__/worker.ts') };

/** The steps between which a commit may be lost or made twice. */
const STEPS: Array<[step: string, at: StandStill]> = [
  [
    'while the commit is noted',
    { beforeCommitOf: /insert into release_request_commits/ },
  ],
  [
    'when it is noted, before the push',
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
    'while it settles',
    { beforeCommitOf: /update .release_requests. set .*committed_at/ },
  ],
];

describe.each(databases.eachSupportedId())(
  'A process that writes access and is killed on %s',
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
      const access = AccessWriterWorld.of(world.writers);
      const numbers = [
        await access.approve('credit'),
        await access.approve('scores'),
      ];
      const dying = await world.start(at, SETTINGS);
      await world.reached();
      // SQLite is for one process: there, the next begins when this one ended.
      if (id !== 'SQLITE_3') await world.start({}, SETTINGS);
      await dying.kill();
      world.halt.end();
      if (id === 'SQLITE_3') await world.start({}, SETTINGS);

      await world.areCommitted(numbers);
      expect(world.writers.commits()).toEqual(numbers);
      expect(access.targets()).toEqual(['bureau', 'credit', 'scores']);
      for (const number of numbers) {
        const codes = await world.writers.steps(number);
        expect(codes.filter(code => code === 'committed')).toHaveLength(1);
        const { revision } = await world.writers.row(number);
        expect(
          world.writers.repository.git('log', '-1', '--format=%B', revision!),
        ).toContain(`Release-request: REQ-${number}`);
      }
      await expectRequestHeads(world.writers, numbers);
    });
  },
);
