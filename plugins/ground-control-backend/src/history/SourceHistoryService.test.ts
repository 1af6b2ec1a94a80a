import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  SourceCommitAnswer,
  SourceHistory,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  GitHttpServer,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';
import { ensureRepositoryRow } from '../gitops/store/repositoryRow';
import { Change, ChangeHub } from '../lib/ChangeHub';
import { REPOSITORY, SourceWorld } from './__testUtils__/SourceWorld';
import { GitSourceHistory } from './git/GitSourceHistory';
import { SourceHistoryService } from './SourceHistoryService';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('SourceHistoryService on %s', id => {
  let knex: Knex;
  let world: SourceWorld;
  let hub: ChangeHub;
  let changes: Change[];
  let service: SourceHistoryService | undefined;
  const logger = createRecordingLogger();

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    await ensureRepositoryRow(knex, {
      repository: REPOSITORY,
      url_hash: '',
      branch: 'master',
      format: 0,
    });
    world = new SourceWorld(knex);
    hub = new ChangeHub({ onError: () => {} });
    changes = [];
    hub.subscribe(change => {
      changes.push(change);
    });
  });
  afterEach(async () => {
    await service?.stop();
    service = undefined;
    hub.close();
    world.remove();
  });

  const git = (url = world.url, password?: string) =>
    new GitSourceHistory({
      url,
      directory: join(world.folder, 'copies'),
      timeoutMs: 20_000,
      maxRepositoryBytes: 10_000_000,
      maxRepositories: 100,
      readCredentials: async () => ({ password }),
      logger,
    });
  const start = (history: SourceHistory = git()) => {
    service = new SourceHistoryService({
      knex,
      logger,
      hub,
      history,
      repository: REPOSITORY,
      environments: ['dev', 'staging', 'prod'],
      mainBranch: 'master',
      keptMs: 90 * 86_400_000,
      commitsPerService: 100,
      pollIntervalMs: 100,
      gatherMs: 10,
    });
    service.start();
    return service;
  };
  const comes = <T>(read: () => Promise<T>) =>
    until(read, { seen: () => logger.lines.slice(-5) });
  const readPlaces = async () =>
    Object.fromEntries(
      (await knex('source_commits')).map(row => [
        row.source_commit,
        row.artifact_id,
      ]),
    );
  const readBehind = (environment: string) =>
    knex('service_environments')
      .where({ environment })
      .first('behind_commits', 'behind_commits_from', 'behind_commits_to');

  it('places commits in builds, counts between environments, and goes on', async () => {
    const repository = world.repository('ledger-api');
    const at = (daysAgo: number) => ({ at: world.daysAgo(daysAgo) });
    const ancient = repository.commit({ message: 'ancient', ...at(200) });
    const one = repository.commit({ message: 'one', ...at(20) });
    const side = repository.commit({
      message: `side \u202e${'x'.repeat(400)}\n\nbody`,
      branch: 'side',
      from: one,
      author: { name: 'Ana Ruiz', email: 'ana@bank.example' },
      ...at(19),
    });
    const two = repository.commit({ message: 'two', ...at(18) });
    const merge = repository.commit({
      message: 'merge',
      merge: [side],
      ...at(17),
    });
    await world.service('ledger-api', 'group:default/squad-ledger');
    await world.build('ledger-api', 'first', one, { daysAgo: 20 });
    await world.build('ledger-api', 'merged', merge, { daysAgo: 17 });
    await world.build('ledger-api', 'spike', side, {
      daysAgo: 19,
      branch: 'side',
    });
    await world.place('ledger-api', 'dev', merge);
    await world.place('ledger-api', 'staging', one);
    await world.place('ledger-api', 'prod', one);
    start();
    await comes(async () => (await readBehind('prod'))?.behind_commits_to);
    expect(await readPlaces()).toEqual({
      [one]: 'first',
      [two]: 'merged',
      [side]: 'merged',
      [merge]: 'merged',
    });
    expect(await readPlaces()).not.toHaveProperty(ancient);
    expect(
      await knex('source_commits').where({ source_commit: side }).first(),
    ).toMatchObject({
      namespace: 'payments',
      service: 'ledger-api',
      author: 'Ana Ruiz',
      title: `side ${'x'.repeat(295)}`,
    });
    expect(await readBehind('staging')).toEqual({
      behind_commits: 3,
      behind_commits_from: one,
      behind_commits_to: merge,
    });
    expect(await readBehind('prod')).toMatchObject({ behind_commits: 0 });
    expect(await knex('problems')).toEqual([]);
    expect(changes).toContainEqual({
      kind: 'services',
      services: [{ namespace: 'payments', name: 'ledger-api' }],
    });

    // Nothing new is asked again; a build and a release are seen at once.
    const three = repository.commit({ message: 'three', ...at(2) });
    const four = repository.commit({ message: 'four', ...at(1) });
    await world.build('ledger-api', 'later', four, { daysAgo: 1 });
    await world.place('ledger-api', 'dev', four);
    await hub.publish({ kind: 'services', services: 'all' });
    await comes(async () => (await readPlaces())[three] === 'later');
    await comes(async () => (await readBehind('staging')).behind_commits === 5);
    // Another process has nothing left to do.
    await service!.stop();
    const history = git();
    const asked = jest.spyOn(history, 'findCommits');
    start(history);
    await comes(async () => (await knex('leases')).length > 0);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(asked).not.toHaveBeenCalled();
  });

  it('follows a branch that was rewritten, and says what it can’t find', async () => {
    const repository = world.repository('ledger-api');
    const at = (daysAgo: number) => ({ at: world.daysAgo(daysAgo) });
    const one = repository.commit({ message: 'one', ...at(9) });
    const lost = repository.commit({ message: 'lost', ...at(8) });
    await world.service('ledger-api');
    await world.build('ledger-api', 'first', one, { daysAgo: 9 });
    await world.build('ledger-api', 'second', lost, { daysAgo: 8 });
    await world.build('ledger-api', 'never', 'f'.repeat(40), { daysAgo: 7 });
    await world.place('ledger-api', 'dev', 'f'.repeat(40));
    await world.place('ledger-api', 'staging', one);
    start();
    const [problem] = await comes(async () => {
      const problems = await knex('problems');
      return problems.length > 0 && problems;
    });
    expect(problem).toMatchObject({
      code: 'source-history-commit-unknown',
      service: 'ledger-api',
      namespace: 'payments',
      position: null,
    });
    expect(problem.message).toMatch(/doesn’t have the commit ffffffffff, /);
    expect(await readPlaces()).toEqual({ [one]: 'first', [lost]: 'second' });
    expect(await readBehind('staging')).toMatchObject({ behind_commits: null });

    repository.reset(one);
    const next = repository.commit({ message: 'next', ...at(6) });
    await world.build('ledger-api', 'third', next, { daysAgo: 6 });
    await knex('artifacts').where({ artifact_id: 'never' }).delete();
    await world.place('ledger-api', 'dev', next);
    await hub.publish({ kind: 'services', services: 'all' });
    await comes(async () => (await knex('problems')).length === 0);
    expect(await readPlaces()).toEqual({
      [one]: 'first',
      [lost]: 'second',
      [next]: 'third',
    });
    await comes(async () => (await readBehind('staging')).behind_commits === 1);
  });

  it('makes a repository that isn’t there, and a hostile name, problems of their services alone', async () => {
    const repository = world.repository('ledger-api');
    const one = repository.commit({ message: 'one', at: world.daysAgo(3) });
    for (const name of ['ledger-api', 'no-such', '../../etc', '-x\n']) {
      await world.service(name);
      await world.build(name, 'first', one, { daysAgo: 3 });
    }
    start();
    const problems = await comes(async () => {
      const found = await knex('problems').orderBy('service');
      return found.length === 3 && found;
    });
    expect(problems.map(row => [row.service, row.code]).sort()).toEqual([
      ['-x\n', 'source-history-unnamed'],
      ['../../etc', 'source-history-unnamed'],
      ['no-such', 'source-history-missing'],
    ]);
    expect(await readPlaces()).toEqual({ [one]: 'first' });
    world.repository('no-such').commit({ message: 'x' });
    // Its builds name a commit that it doesn't have: another problem.
    await comes(async () => {
      const row = await knex('problems').where({ service: 'no-such' }).first();
      return row?.code === 'source-history-commit-unknown';
    });
    expect(await knex('problems').where({ service: 'no-such' })).toHaveLength(
      1,
    );
  });

  it('makes one problem of a source that refuses us everywhere, and mends it', async () => {
    const repository = world.repository('any');
    const one = repository.commit({ message: 'one', at: world.daysAgo(3) });
    const server = await GitHttpServer.start(repository);
    server.password = 'right';
    for (let i = 0; i < 12; i += 1) {
      await world.service(`service-${i}`);
      await world.build(`service-${i}`, 'first', one, { daysAgo: 3 });
    }
    // All of them have one repository.
    start(git(server.url, 'canary-token'));
    const [problem] = await comes(async () => {
      const problems = await knex('problems');
      return problems.length > 0 && problems;
    });
    expect(problem).toMatchObject({
      code: 'source-history-forbidden',
      service: null,
    });
    expect(problem.message).toMatch(/several in a row failed/);
    expect(server.seen.length).toBeLessThan(40);
    server.password = 'canary-token';
    await comes(async () => (await knex('source_services')).length === 12);
    await comes(async () => (await knex('problems')).length === 0);
    expect(JSON.stringify(await knex('source_commits'))).not.toMatch(/canary/);
    expect(logger.lines.join('\n')).not.toMatch(/canary-token/);
    expect(problem.message).not.toMatch(/canary-token/);
    await server.close();
  });

  it('makes one problem of a folder that can’t be written', async () => {
    const repository = world.repository('service-0');
    const one = repository.commit({ message: 'one', at: world.daysAgo(3) });
    for (let i = 0; i < 8; i += 1) {
      await world.service(`service-${i}`);
      await world.build(`service-${i}`, 'first', one, { daysAgo: 3 });
    }
    // A file stands where the folder has to be.
    writeFileSync(join(world.folder, 'copies'), '');
    start();
    const [problem] = await comes(async () => {
      const problems = await knex('problems');
      return problems.length > 0 && problems;
    });
    expect(problem).toMatchObject({
      code: 'source-history-storage',
      service: null,
      message: expect.stringMatching(/can't be used \((?:ENOTDIR|EEXIST)\)/),
    });
    rmSync(join(world.folder, 'copies'));
    await comes(async () => (await readPlaces())[one] === 'first');
  });

  it('forgets what is too old, and services that are gone', async () => {
    const answers: SourceCommitAnswer = {
      complete: true,
      unknown: [],
      commits: ['a', 'b'].map((letter, i) => ({
        commit: letter.repeat(40),
        parents: i === 0 ? ['b'.repeat(40)] : [],
        author: 'Ana',
        title: letter,
        committedAt: world.now,
      })),
    };
    const history: SourceHistory = {
      label: 'ours',
      findCommits: async () => answers,
    };
    await world.service('ledger-api');
    await world.build('ledger-api', 'first', 'a'.repeat(40), { daysAgo: 1 });
    start(history);
    await comes(async () => (await knex('source_commits')).length === 2);
    await knex('artifacts').update({ built_at: 0 });
    await comes(async () => (await knex('source_commits')).length === 0);
    await knex('artifacts').update({ built_at: world.now });
    await comes(async () => (await knex('source_services')).length === 1);
    await knex('services').delete();
    await comes(async () => (await knex('source_services')).length === 0);
    expect(await knex('source_commits')).toEqual([]);
  });
});
