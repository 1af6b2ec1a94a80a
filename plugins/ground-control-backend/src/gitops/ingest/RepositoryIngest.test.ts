import {
  artifactJson,
  releaseCommit,
  releaseFolder,
  releaseMessage,
} from '../__testUtils__/artifacts';
import {
  describeIngest,
  LEDGER_PATH,
  ledgerId,
  releaseLedger,
} from '../__testUtils__/describeIngest';
import { dumpIngested } from '../__testUtils__/ingestedTables';

describeIngest('RepositoryIngest', world => {
  const { setUp } = world;

  it('reads a history, and then each new commit', async () => {
    const { knex, fixture } = await setUp();
    world.repository.commit(
      { message: 'Initial commit', files: { 'README.md': 'hello\n' } },
      releaseLedger(1),
      releaseLedger(2),
    );
    expect(await fixture.run()).toEqual({ commits: 3, rewritten: false });
    expect(
      await knex('releases')
        .orderBy('position')
        .select('position', 'artifact_id', 'replaced_position', 'by_name'),
    ).toEqual([
      {
        position: 2,
        artifact_id: ledgerId(1),
        replaced_position: 3,
        by_name: 'Bea',
      },
      {
        position: 3,
        artifact_id: ledgerId(2),
        replaced_position: null,
        by_name: 'Bea',
      },
    ]);
    const folder = releaseFolder({
      environment: 'dev',
      service: 'ledger',
      number: 2,
    });
    const current = await knex('releases').where({ position: 3 }).first();
    expect(current.tree).toBe(
      world.repository.git('rev-parse', `master:${folder}`),
    );

    const tip = world.repository.commit(
      releaseCommit({
        environment: 'staging',
        service: 'ledger',
        number: 1,
        intent: 'Promote',
        detail: 'Promoted-from-environment: dev',
      }),
    );
    expect(await fixture.run()).toEqual({ commits: 1, rewritten: false });
    expect(
      await knex('service_environments')
        .orderBy('environment')
        .select('environment', 'behind', 'intent', 'position'),
    ).toEqual([
      {
        environment: 'dev',
        behind: null,
        intent: 'release-artifact',
        position: 3,
      },
      { environment: 'staging', behind: 1, intent: 'promote', position: 4 },
    ]);
    expect(await knex('repositories').first('tip', 'position')).toEqual({
      tip,
      position: 4,
    });
    world.repository.commit(releaseLedger(3));
    await fixture.run();
    expect(
      await knex('service_environments')
        .where({ environment: 'staging' })
        .first('behind'),
    ).toEqual({ behind: 2 });
    expect(await fixture.run()).toEqual({ commits: 0, rewritten: false });
  });

  it('compares with the environment before that the service is in', async () => {
    const { knex, fixture } = await setUp();
    const release = (environment: string, number: number) =>
      releaseCommit({ environment, service: 'ledger', number });
    const behind = async () =>
      (
        await knex('service_environments')
          .where({ environment: 'prod' })
          .first('behind')
      ).behind;
    world.repository.commit(release('prod', 1), release('dev', 3));
    await fixture.run();
    expect(await behind()).toBe(1);
    world.repository.commit(release('staging', 1));
    await fixture.run();
    expect(await behind()).toBe(0);
    // What was taken away there doesn't count.
    world.repository.commit({
      message: 'gone',
      files: Object.fromEntries(
        Object.keys(release('staging', 1).files!).map(path => [path, null]),
      ),
    });
    await fixture.run();
    expect(await behind()).toBe(1);
  });

  it('takes a release to an environment that isn’t configured for no fake', async () => {
    const { knex, fixture } = await setUp();
    world.repository.commit(
      releaseLedger(1),
      releaseCommit({ environment: 'qa', service: 'ledger', number: 2 }),
    );
    await fixture.run();
    const [released, commit] = await knex('commits').orderBy('position');
    expect(released).toMatchObject({ unknown_environment: null });
    expect(commit).toMatchObject({ kind: 'other', unknown_environment: 'qa' });
    expect(Boolean(commit.only_looks_like_release)).toBe(false);
    expect(await knex('problems').pluck('code')).toEqual([
      'environment-unknown',
    ]);
    world.repository.commit({ message: 'removed', files: { qa: null } });
    await fixture.run();
    expect(await knex('commits').where({ position: 3 }).first()).toMatchObject({
      unknown_environment: null,
    });
    expect(await knex('problems')).toEqual([]);
  });

  it('counts who is behind among what many commits touched, and all at a start', async () => {
    const { knex, fixture } = await setUp();
    const names = Array.from({ length: 60 }, (_, i) => `service-${i}`);
    const release = (environment: string, service: string, number: number) =>
      releaseCommit({ environment, service, number });
    const readBehind = async () => {
      const rows = await knex('service_environments')
        .where({ environment: 'staging' })
        .select('service', 'behind');
      return Object.fromEntries(rows.map(row => [row.service, row.behind]));
    };
    const each = (behind: number) =>
      Object.fromEntries(names.map(name => [name, behind]));
    world.repository.commit(
      release('dev', 'ledger', 1),
      release('staging', 'ledger', 1),
      ...names.flatMap(name => [
        release('dev', name, 1),
        release('staging', name, 1),
      ]),
    );
    await fixture.run();
    expect(await readBehind()).toEqual({ ledger: 0, ...each(0) });

    const ledger = { environment: 'staging', service: 'ledger' };
    await knex('service_environments').where(ledger).update({ behind: 9 });
    world.repository.commit(...names.map(name => release('dev', name, 2)));
    await fixture.run();
    expect(await readBehind()).toEqual({ ledger: 9, ...each(1) });

    const other = await world.open(knex);
    await other.run();
    expect(await readBehind()).toEqual({ ledger: 0, ...each(1) });
  });

  it('believes a message only of what the commit changed', async () => {
    const { knex, fixture } = await setUp();
    const message = (service: string, number: number) =>
      releaseMessage({ environment: 'dev', service, number });
    world.repository.commit(
      releaseLedger(1),
      {
        message: 'by hand',
        files: {
          [LEDGER_PATH]: artifactJson({ service: 'ledger', number: 2 }),
        },
      },
      {
        message: message('other', 3),
        files: {
          [LEDGER_PATH]: artifactJson({ service: 'ledger', number: 3 }),
        },
      },
      {
        message: message('ledger', 9),
        files: {
          [LEDGER_PATH]: artifactJson({ service: 'ledger', number: 4 }),
        },
      },
      { message: '[dev/ledger] look at this', files: { 'notes.md': 'x' } },
      { message: '[docs/readme] fix typo', files: { 'notes.md': 'y' } },
      {
        message: '[DEV/Ledger] release x-1',
        files: {
          [LEDGER_PATH]: artifactJson({
            service: 'ledger',
            number: 5,
            commit: 'f'.repeat(40),
          }).replace(/"id": "[^"]*"/, '"id": "x-1"'),
        },
      },
    );
    await fixture.run();
    expect(
      await knex('releases').orderBy('position').select('intent', 'by_name'),
    ).toEqual([
      { intent: 'release-artifact', by_name: 'Bea' },
      { intent: 'hand-edit', by_name: 'HamAstrochimp' },
      { intent: 'hand-edit', by_name: 'HamAstrochimp' },
      { intent: 'hand-edit', by_name: 'HamAstrochimp' },
      { intent: 'release-artifact', by_name: 'HamAstrochimp' },
    ]);
    const kinds = await knex('commits')
      .orderBy('position')
      .select('kind', 'only_looks_like_release as only');
    expect(kinds.map(row => [row.kind, Boolean(row.only)])).toEqual([
      ['release', false],
      ['release', false],
      ['release', false],
      ['release', false],
      ['other', true],
      ['other', true],
      ['release', false],
    ]);
  });

  it('opens a problem for a misleading title and closes it with the next release', async () => {
    const { knex, fixture } = await setUp();
    world.repository.commit(releaseLedger(1), {
      message: '[dev/ledger] fix typo',
      files: { a: '1' },
    });
    await fixture.run();
    expect(await knex('problems').select('code', 'service')).toEqual([
      { code: 'title-only-looks-like-release', service: 'ledger' },
    ]);
    world.repository.commit(releaseLedger(2));
    await fixture.run();
    expect(await knex('problems')).toEqual([]);
  });

  it('makes bad files visible problems, and goes on', async () => {
    const { knex, fixture } = await setUp();
    const bad = (service: string, content: string) => ({
      message: `bad ${service}`,
      files: { [`dev/releases/dev/${service}/artifact.json`]: content },
    });
    world.repository.commit(
      bad('broken', '{"canary'),
      bad('huge', `{"id":"x","pad":"${'p'.repeat(1_100_000)}"}`),
      bad('ledger', artifactJson({ service: 'other', number: 1 })),
      bad('--upload-pack=touch x', '{"id":"x"}'),
      bad('a\nb', '{"id":"x"}'),
      bad('x'.repeat(200), '{"id":"x"}'),
      bad('имя', '{"id":"x"}'),
      {
        message: 'link',
        files: { 'dev/releases/dev/link/artifact.json': '/etc/passwd' },
        modes: { 'dev/releases/dev/link/artifact.json': '120000' },
      },
      {
        message: 'other environment',
        files: {
          'qa/releases/qa/a/artifact.json': '{"id":"x"}',
          'qa/releases/qa/b/artifact.json': '{"id":"x"}',
        },
      },
      { message: 'policy', files: { 'policies/ledger.json': '{"canary": 1}' } },
      releaseLedger(2),
    );
    await fixture.run();
    const problems = await knex('problems').select(
      'code',
      'path',
      'service',
      'message',
    );
    expect(problems.map(problem => problem.code).sort()).toEqual([
      'artifact-invalid',
      'artifact-invalid',
      'artifact-too-large',
      'environment-unknown',
      'name-invalid',
      'name-invalid',
      'name-invalid',
      'name-invalid',
      'policy-invalid',
    ]);
    expect(JSON.stringify(problems)).not.toContain('canary');
    for (const { path, message } of problems) {
      expect(`${path}${message}`).not.toMatch(/\n/);
    }
    expect(problems.find(p => p.code === 'policy-invalid')?.service).toBe(
      'ledger',
    );
    expect(
      await knex('service_environments')
        .where({ service: 'ledger' })
        .first('artifact_id'),
    ).toEqual({ artifact_id: ledgerId(2) });

    world.repository.commit({
      message: 'mended',
      files: {
        'dev/releases/dev/broken': null,
        'dev/releases/dev/huge/artifact.json': artifactJson({
          service: 'huge',
          number: 1,
        }),
        'dev/releases/dev/--upload-pack=touch x': null,
        'dev/releases/dev/a\nb': null,
        [`dev/releases/dev/${'x'.repeat(200)}`]: null,
        'dev/releases/dev/имя': null,
        'dev/releases/dev/link': null,
        qa: null,
        'policies/ledger.json': '',
      },
    });
    fixture.restart();
    await fixture.run();
    expect(await knex('problems')).toEqual([]);
    expect(
      await knex('service_environments')
        .where({ service: 'broken' })
        .first('intent', 'artifact_id'),
    ).toEqual({ intent: 'removed', artifact_id: null });
  });

  it('keeps a namespace apart from the same name elsewhere', async () => {
    const { knex, fixture } = await setUp();
    world.repository.commit(
      releaseLedger(1),
      releaseLedger(2, { namespace: 'money' }),
      // Explicitly the folder that stands for none in dev.
      releaseCommit({ environment: 'dev', service: 'x', number: 3 }),
      releaseCommit({
        environment: 'dev',
        service: 'x',
        number: 4,
        namespace: 'dev',
      }),
    );
    await fixture.run();
    expect(
      await knex('service_environments')
        .orderBy(['service', 'namespace'])
        .select('namespace', 'service', 'position'),
    ).toEqual([
      { namespace: '', service: 'ledger', position: 1 },
      { namespace: 'money', service: 'ledger', position: 2 },
      { namespace: 'dev', service: 'x', position: 4 },
    ]);
    expect(
      await knex('releases').where({ position: 3 }).first('replaced_position'),
    ).toEqual({ replaced_position: 4 });
  });

  it('tells manifests, policies and plan-only releases apart', async () => {
    const { knex, fixture } = await setUp();
    world.repository.commit(
      releaseLedger(1),
      releaseLedger(1, { plan: 'c'.repeat(40) }),
      {
        message: 'scale',
        files: { 'dev/releases/dev/ledger/40-deployment.yaml': 'x' },
      },
      { message: 'flux', files: { 'clusters/dev/dev/ledger.yaml': 'x' } },
      { message: 'policy', files: { 'policies/ledger.json': '{}' } },
      { message: 'docs', files: { 'docs/x.md': 'x' } },
    );
    await fixture.run();
    expect(
      (await knex('commits').orderBy('position')).map(row => row.kind),
    ).toEqual([
      'release',
      'release',
      'manifest',
      'manifest',
      'policy',
      'other',
    ]);
    const releases = await knex('releases').orderBy('position');
    expect(releases.map(row => Boolean(row.plan_only))).toEqual([false, true]);
    expect(
      await knex('commit_services')
        .orderBy('position')
        .select('position', 'environment', 'service'),
    ).toEqual([
      { position: 3, environment: 'dev', service: 'ledger' },
      { position: 4, environment: 'dev', service: 'ledger' },
      { position: 5, environment: '', service: 'ledger' },
    ]);
  });

  it('goes on where it was killed, as if nothing had happened', async () => {
    for (let n = 0; n < 4; n += 1) {
      world.repository.commit(
        ...Array.from({ length: 60 }, (_, i) =>
          i % 20 === 7
            ? { message: '[dev/ledger] x y', files: { a: `${n}${i}` } }
            : releaseCommit({
                environment: i % 3 ? 'dev' : 'staging',
                service: `s${i % 11}`,
                number: n * 60 + i,
              }),
        ),
      );
    }
    const straight = await setUp();
    await straight.fixture.run();

    const { knex, fixture } = await setUp();
    for (const deadly of [1, 2, 4]) {
      fixture.beforeCommit = transaction => {
        if (transaction === deadly) throw new Error('killed');
      };
      await expect(fixture.run()).rejects.toThrow('killed');
      fixture.restart();
    }
    const { position } = await knex('repositories').first('position');
    expect(position).toBeGreaterThan(0);
    expect(position).toBeLessThan(240);
    fixture.beforeCommit = () => {};
    await fixture.run();
    expect(await dumpIngested(knex)).toEqual(await dumpIngested(straight.knex));
  });

  it('closes the problem of a title when the next release names its namespace', async () => {
    const { knex, fixture } = await setUp();
    world.repository.commit(releaseLedger(1), {
      message: '[dev/ledger] fix typo',
      files: { a: '1' },
    });
    await fixture.run();
    expect(await knex('problems')).toHaveLength(1);
    world.repository.commit(releaseLedger(2, { namespace: 'dev' }));
    await fixture.run();
    expect(await knex('problems')).toEqual([]);

    // The namespace that it has now, also for who saw it have the other.
    world.repository.commit({
      message: '[dev/ledger] fix typo',
      files: { 'policies/ledger.json': '{' },
    });
    await fixture.run();
    const inDev = { namespace: 'dev', service: 'ledger' };
    const problems = await knex('problems').orderBy('code');
    expect(problems).toMatchObject([
      { code: 'policy-invalid', ...inDev },
      { code: 'title-only-looks-like-release', ...inDev },
    ]);
  });

  it('names the service of the environment in a title, and no other of that name', async () => {
    const { knex, fixture } = await setUp();
    world.repository.commit(
      releaseLedger(1),
      releaseCommit({
        environment: 'prod',
        service: 'ledger',
        namespace: 'dev',
        number: 1,
      }),
      { message: '[dev/ledger] fix typo', files: { a: '1' } },
    );
    await fixture.run();
    expect(await knex('problems')).toMatchObject([{ namespace: '' }]);
  });

  it('reads a commit that brings very many services', async () => {
    const files: Record<string, string> = {};
    for (let i = 0; i < 1_500; i += 1) {
      files[`dev/releases/dev/s${i}/artifact.json`] = artifactJson({
        service: `s${i}`,
        number: i,
      });
    }
    const { knex, fixture } = await setUp();
    world.repository.commit({ message: 'import', files }, releaseLedger(1));
    fixture.beforeCommit = transaction => {
      if (transaction === 3) throw new Error('killed');
    };
    await expect(fixture.run()).rejects.toThrow('killed');
    expect(await knex('repositories').first('position')).toEqual({
      position: 0,
    });
    fixture.beforeCommit = () => {};
    fixture.restart();
    await fixture.run();
    expect(await knex('releases').count({ n: '*' })).toEqual([
      { n: world.id === 'SQLITE_3' ? 1_501 : '1501' },
    ]);
  });
});
