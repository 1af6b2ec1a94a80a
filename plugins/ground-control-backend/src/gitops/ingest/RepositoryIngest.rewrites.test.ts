import { artifactJson, releaseCommit } from '../__testUtils__/artifacts';
import {
  describeIngest,
  LEDGER_PATH,
  ledgerId,
  releaseLedger,
} from '../__testUtils__/describeIngest';
import { dumpIngested } from '../__testUtils__/ingestedTables';

describeIngest('RepositoryIngest of a rewritten history', world => {
  const { setUp } = world;

  it('reads a rewritten history as if it had never been another', async () => {
    const base = world.repository.commit(
      releaseLedger(1),
      { message: 'broken', files: { [LEDGER_PATH]: '{' } },
      { message: 'broken policy', files: { 'policies/ledger.json': '{' } },
    );
    world.repository.commit(
      {
        message: 'another description of the same build',
        files: {
          [LEDGER_PATH]: artifactJson({
            service: 'ledger',
            number: 1,
            squad: 'other',
          }),
        },
      },
      releaseLedger(2),
      releaseCommit({ environment: 'prod', service: 'gone', number: 1 }),
      { message: 'mended', files: { 'policies/ledger.json': '{}' } },
      { message: 'broken too', files: { 'policies/gone.json': '{' } },
    );
    const { knex, fixture } = await setUp();
    await fixture.run();
    expect((await knex('problems')).map(row => row.path)).toEqual([
      'policies/gone.json',
    ]);

    world.repository.reset(base);
    world.repository.commit({ message: 'another way', files: { b: '1' } });
    expect(await fixture.run()).toEqual({ commits: 1, rewritten: true });
    expect((await knex('repositories').first()).rewritten_at).not.toBeNull();
    const paths = (await knex('problems').orderBy('path')).map(row => row.path);
    expect(paths).toEqual([LEDGER_PATH, 'policies/ledger.json']);

    const straight = await setUp();
    await straight.fixture.run();
    expect(await dumpIngested(knex)).toEqual(await dumpIngested(straight.knex));
    // Afterwards it goes on as usual.
    world.repository.commit(releaseLedger(3));
    expect(await fixture.run()).toEqual({ commits: 1, rewritten: false });
    expect((await knex('problems')).map(row => row.path)).toEqual([
      'policies/ledger.json',
    ]);
  });

  it('finds the problems of a rewritten history as they were, with their times', async () => {
    const misleading = (word: string) => ({
      message: `[dev/ledger] ${word} this`,
      files: { 'notes.md': word },
    });
    const broken = (content: string) => ({
      message: 'broken',
      files: { 'ground-control.yaml': content },
    });
    const base = world.repository.commit(
      releaseLedger(1),
      misleading('note'),
      broken('{'),
    );
    const { knex, fixture } = await setUp();
    const problems = () => knex('problems').orderBy('code');
    await fixture.run();
    const before = await problems();
    expect(before.map(problem => [problem.code, problem.position])).toEqual([
      ['policy-invalid', 3],
      ['title-only-looks-like-release', 2],
    ]);

    // Said anew, mended, and broken again: all of it is taken back.
    world.repository.commit(
      misleading('mend'),
      releaseLedger(2),
      broken(''),
      broken('['),
    );
    await fixture.run();
    expect(await problems()).toMatchObject([{ position: 7 }]);
    world.repository.reset(base);
    expect(await fixture.run()).toEqual({ commits: 0, rewritten: true });
    expect(await problems()).toEqual(before);

    fixture.restart();
    world.repository.commit(releaseLedger(3), broken(''));
    await fixture.run();
    expect(await problems()).toEqual([]);
  });

  it('follows a branch that was set back, or begun anew', async () => {
    const first = world.repository.commit(releaseLedger(1));
    world.repository.commit(releaseLedger(2), releaseLedger(3));
    const { knex, fixture } = await setUp();
    await fixture.run();
    world.repository.reset(first);
    expect(await fixture.run()).toEqual({ commits: 0, rewritten: true });
    expect(await knex('service_environments').first('artifact_id')).toEqual({
      artifact_id: ledgerId(1),
    });
    expect(await knex('releases').first('replaced_at')).toEqual({
      replaced_at: null,
    });

    world.repository.git('update-ref', '-d', 'refs/heads/master');
    world.repository.commit(releaseLedger(7));
    expect(await fixture.run()).toEqual({ commits: 1, rewritten: true });
    expect(await knex('releases').select('artifact_id', 'position')).toEqual([
      { artifact_id: ledgerId(7), position: 1 },
    ]);
    expect((await knex('artifacts')).map(row => row.artifact_id)).toEqual([
      ledgerId(7),
    ]);
  });

  it('notices when the old tip has become a second parent', async () => {
    const base = world.repository.commit(releaseLedger(1));
    const old = world.repository.commit(releaseLedger(2));
    const { knex, fixture } = await setUp();
    await fixture.run();
    const side = world.repository.commit({
      ...releaseLedger(3),
      branch: 'side',
      from: base,
    });
    world.repository.commit({
      message: 'merge the wrong way round',
      from: side,
      merge: [old],
      files: { b: '1' },
    });
    expect(await fixture.run()).toEqual({ commits: 2, rewritten: true });
    const rows = await knex('commits').orderBy('position').select('revision');
    expect(rows.map(row => row.revision)).toEqual(
      world.repository
        .git('rev-list', '--first-parent', '--reverse', 'master')
        .split('\n'),
    );
  });

  it.each([
    // The second half of its releases, and what names it.
    [4, 0],
    [10, 500],
  ])(
    'takes back what it wrote of a huge commit before transaction %s, which was rewritten',
    async (deadly, problems) => {
      const base = world.repository.commit(releaseLedger(1));
      const { knex, fixture } = await setUp();
      await fixture.run();
      world.repository.commit({
        message: 'import',
        files: Object.fromEntries(
          Array.from({ length: 1_500 }, (_, i) => [
            `dev/releases/dev/${i ? `s${i}` : 'ledger'}/artifact.json`,
            i % 3 ? artifactJson({ service: `s${i}`, number: i }) : '{',
          ]),
        ),
      });
      let transactions = 0;
      fixture.beforeCommit = () => {
        transactions += 1;
        if (transactions === deadly) throw new Error('killed');
      };
      await expect(fixture.run()).rejects.toThrow('killed');
      fixture.restart();
      expect(await knex('problems')).toHaveLength(problems);
      expect(await knex('repositories').first('position')).toEqual({
        position: 1,
      });
      fixture.beforeCommit = () => {};
      world.repository.reset(base);
      world.repository.commit(releaseLedger(2));
      await fixture.run();
      const straight = await setUp();
      await straight.fixture.run();
      expect(await dumpIngested(knex)).toEqual(
        await dumpIngested(straight.knex),
      );
    },
  );
});
