import { expectOnce } from './__testUtils__/expectOnce';
import { FaultWorld, StandStill } from './__testUtils__/FaultWorld';
import { MortalPostgres } from './__testUtils__/MortalPostgres';

const PLACES: Array<[place: string, name: string, at: StandStill]> = [
  [
    'between its objects and their note',
    'objects',
    { git: { command: 'fast-import', when: 'after' } },
  ],
  [
    'while it notes commits',
    'noting',
    { beforeCommitOf: /insert into release_request_commits/ },
  ],
  [
    'between their note and the push',
    'noted',
    { git: { command: 'push', when: 'before' } },
  ],
  ['during the push', 'pushing', { hook: 'pre-receive' }],
  ['after the push', 'pushed', { git: { command: 'push', when: 'after' } }],
  [
    'while it settles',
    'settling',
    { beforeCommitOf: /update .release_requests. set .*committed_at/ },
  ],
];

describe('A PostgreSQL that dies under a writing process', () => {
  let postgres: MortalPostgres;
  let world: FaultWorld | undefined;

  beforeAll(async () => {
    postgres = await MortalPostgres.start();
  });
  afterEach(() => world?.close());
  afterAll(() => postgres.stop());

  it.each(PLACES)('%s, and comes back', async (_, name, at) => {
    world = await FaultWorld.create(await postgres.open(name));
    const numbers = await world.approveAll();
    const process = await world.start(at);
    await world.reached();
    const { log } = world;
    await postgres.crash();
    try {
      world.halt.release();
      await world.until('it noticed', async () =>
        / warn Writing releases failed/.test(world!.log.slice(log.length)),
      );
    } finally {
      await postgres.restart();
    }
    await world.areCommitted(numbers);
    expect(process.isRunning).toBe(true);
    await expectOnce(world, numbers);
    expect(world.log).not.toContain('postgres:postgres');
  });
});
