import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  GitHttpServer,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { ChangeHub } from '../lib/ChangeHub';
import { GitopsService } from './GitopsService';
import { releaseManagerLayout } from './releaseManager/releaseManagerLayout';
import { readRepositoryStatus } from './repositoryStatus';
import { releaseCommit } from './__testUtils__/artifacts';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';

const databases = createTestDatabases();
const CANARY = 'canary-token-4711';
const dev = (number: number) =>
  releaseCommit({ environment: 'dev', service: 'ledger', number });

describe.each(databases.eachSupportedId())('GitopsService on %s', id => {
  let repository: TestRepository;
  let knex: Knex;
  let directory: string;
  const logger = createRecordingLogger();
  const services: GitopsService[] = [];
  const hubs: ChangeHub[] = [];

  beforeEach(async () => {
    repository = TestRepository.create();
    directory = mkdtempSync(join(tmpdir(), 'ground-control-gitops-'));
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
  });

  afterEach(async () => {
    await Promise.all(services.splice(0).map(service => service.stop()));
    hubs.splice(0).forEach(hub => hub.close());
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = async (
    options: {
      url?: string;
      environments?: string[];
      password?: () => string;
      pollIntervalMs?: number;
      replica?: string;
      /** As in production, where tests have no patience. */
      usualLease?: boolean;
    } = {},
  ) => {
    const url = options.url ?? repository.path;
    const hub = new ChangeHub({ onError: () => {} });
    hubs.push(hub);
    const service = new GitopsService({
      knex,
      logger,
      hub,
      layout: releaseManagerLayout,
      repository: 'default',
      identity: { url, branch: 'master' },
      environments: options.environments ?? ['dev', 'prod'],
      pollIntervalMs: options.pollIntervalMs ?? 50,
      leaseTtlMs: options.usualLease ? undefined : 6_000,
      mirror: new Mirror({
        remote: parseRemoteUrl(url),
        branch: 'master',
        directory: join(directory, options.replica ?? 'one'),
        timeoutMs: 10_000,
        logger,
        readCredentials: async () => ({ password: options.password?.() }),
      }),
    });
    services.push(service);
    await service.start();
    return { service, hub };
  };

  const status = (pollIntervalMs = 50) =>
    readRepositoryStatus(knex, {
      repository: 'default',
      pollIntervalMs,
      now: Date.now(),
    });
  const stateIs = (state: string) =>
    until(async () => (await status()).state === state, {
      what: state,
      seen: status,
    });
  const positionIs = (position: number) =>
    until(
      async () =>
        (await knex('repositories').first('position'))?.position === position,
      { what: `position ${position}`, seen: status },
    );

  it('reads what is there, and what comes', async () => {
    repository.commit(dev(1));
    await start();
    await positionIs(1);
    repository.commit(dev(2));
    await positionIs(2);
    await stateIs('fresh');
  });

  it('begins when the first commit comes', async () => {
    await start();
    await stateIs('empty');
    expect((await status()).reason).toMatch(/no commit on branch master/);
    // It was asked and answered, which is not the same as never.
    expect(await status()).toHaveProperty('observedAt');
    repository.commit(dev(1));
    await positionIs(1);
    await stateIs('fresh');
    expect(await status()).not.toHaveProperty('reason');
  });

  it('says that the token expired, keeps what it knew, and goes on with a new one', async () => {
    repository.commit(dev(1));
    const server = await GitHttpServer.start(repository);
    try {
      server.password = CANARY;
      let password = CANARY;
      await start({ url: server.url, password: () => password });
      await positionIs(1);
      server.password = 'renewed-secret';
      repository.commit(dev(2));
      await stateIs('forbidden');
      expect(await knex('releases').count({ n: '*' })).toEqual([
        { n: id === 'SQLITE_3' ? 1 : '1' },
      ]);
      const said = await status();
      expect(said.reason).toMatch(/refuses our credentials/);
      expect(said.position).toBe(1);
      password = 'renewed-secret';
      await positionIs(2);
      const everything = JSON.stringify([
        said,
        logger.lines,
        await knex('repositories'),
        await knex('commits'),
      ]);
      expect(everything).not.toContain(CANARY);
      expect(everything).not.toContain('renewed-secret');
    } finally {
      await server.close();
    }
  });

  it('says so while commits can not be kept, and when they can', async () => {
    repository.commit(dev(1));
    await start({ usualLease: true });
    await positionIs(1);
    logger.lines.splice(0);
    await knex.schema.renameTable('commits', 'commits_away');
    repository.commit(dev(2));
    await stateIs('failing');
    const { reason, position } = await status();
    expect(reason).toMatch(/log says what/);
    expect(position).toBe(1);
    // Fetching goes well all the while, and mends nothing.
    const { observed_at, read_at } = await knex('repositories').first();
    expect(Number(read_at)).toBeGreaterThan(0);
    await until(async () => {
      const row = await knex('repositories').first();
      expect((await status()).state).toBe('failing');
      expect(row.read_at).toBe(read_at);
      return Number(row.observed_at) > Number(observed_at);
    });
    await knex.schema.renameTable('commits_away', 'commits');
    await positionIs(2);
    await stateIs('fresh');
    expect(await status()).not.toHaveProperty('reason');
    const after = await knex('repositories').first('read_at');
    expect(Number(after.read_at)).toBeGreaterThan(Number(read_at));
    await until(() =>
      logger.lines.includes('Reading the config repository works again'),
    );
    expect(
      logger.lines.filter(line => /failed and is tried again/.test(line)),
    ).toHaveLength(1);
  });

  it('tells in the log how many commits it caught up with, once', async () => {
    logger.lines.splice(0);
    repository.commit(dev(1), dev(2), dev(3));
    await start({ usualLease: true });
    await positionIs(3);
    repository.commit(dev(4));
    await positionIs(4);
    expect(logger.lines.filter(line => line.startsWith('Read '))).toEqual([
      expect.stringMatching(
        /^Read 3 commits of the config repository in \d+\.\d s$/,
      ),
    ]);
  });

  it('lets another replica take over within 15 seconds', async () => {
    repository.commit(dev(1));
    await start({ usualLease: true });
    await positionIs(1);
    const { expires_at } = await knex('leases').first('expires_at');
    // The other one asks every third of the time that a lease lasts.
    const lasts = Number(expires_at) - Date.now();
    expect(lasts + lasts / 3).toBeLessThan(15_000);
  });

  it('says that the repository is missing', async () => {
    await start({ url: `${repository.path}-nowhere` });
    await stateIs('missing');
  });

  it('fetches at once when a webhook says so', async () => {
    repository.commit(dev(1));
    const { service } = await start({ pollIntervalMs: 60_000 });
    await positionIs(1);
    repository.commit(dev(2));
    await service.wantFetch();
    await positionIs(2);
    expect((await knex('repositories').first()).fetch_wanted_at).not.toBeNull();
  });

  it('tells listeners which services a commit changed', async () => {
    const { hub } = await start({ usualLease: true });
    const told: string[] = [];
    hub.subscribe(change => {
      told.push(
        change.kind === 'services' && change.services !== 'all'
          ? change.services.map(service => service.name).join()
          : change.kind,
      );
    });
    repository.commit(dev(1));
    // The first commits make the repository complete; the next are news alone.
    const first = ['repository', 'ledger', 'commits', 'repository'];
    await until(async () => told.join() === first.join());
    told.length = 0;
    repository.commit(dev(2));
    await until(async () => told.includes('commits'));
    await positionIs(2);
    expect(told).toEqual(['ledger', 'commits']);
  });

  it('reads all anew when environments or repository are others', async () => {
    repository.commit(
      dev(1),
      releaseCommit({ environment: 'qa', service: 'ledger', number: 1 }),
    );
    const first = await start();
    await positionIs(2);
    expect((await knex('problems')).map(row => row.code)).toEqual([
      'environment-unknown',
    ]);
    await first.service.stop();
    await start({ environments: ['dev', 'qa'] });
    await until(async () => {
      const rows = await knex('service_environments').orderBy('environment');
      return rows.map(row => row.environment).join() === 'dev,qa';
    });
    expect(await knex('problems')).toEqual([]);
  });

  it('says what is wrong when a new mirror can’t be read either', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'ground-control-git-'));
    const { PATH } = process.env;
    // A git that lacks what reading needs.
    writeFileSync(
      join(bin, 'git'),
      `#!/bin/sh
for word in "$@"; do
  [ "$word" = log ] && echo "fatal: unrecognized argument" >&2 && exit 128
done
PATH='${PATH}' exec git "$@"
`,
      { mode: 0o755 },
    );
    try {
      repository.commit(dev(1));
      process.env.PATH = `${bin}:${PATH}`;
      logger.lines.length = 0;
      await start();
      await stateIs('failing');
      expect(
        logger.lines.filter(line => /is fetched anew/.test(line)),
      ).toHaveLength(1);
      expect(logger.lines).toContainEqual(
        expect.stringMatching(/ failed and is tried again: .*unrecognized/),
      );
      process.env.PATH = PATH;
      await positionIs(1);
      await stateIs('fresh');
    } finally {
      process.env.PATH = PATH;
      rmSync(bin, { recursive: true });
    }
  });

  it('shows the files of a release with Secrets masked', async () => {
    const folder = 'dev/releases/dev/ledger';
    const secret = `kind: Secret\nstringData:\n  token: ${CANARY}\n`;
    const commit = dev(1);
    repository.commit({
      ...commit,
      files: {
        ...commit.files,
        [`${folder}/10-secret.yaml`]: secret,
        [`${folder}/big.txt`]: 'x'.repeat(1_100_000),
      },
    });
    const { service } = await start();
    await positionIs(1);
    const { tree } = await knex('releases').first('tree');
    const files = await service.releaseFiles.readReleaseFiles(tree);
    expect(
      files.map(file => [file.path, !!file.content, !!file.masked]),
    ).toEqual([
      ['10-secret.yaml', true, true],
      ['40-deployment.yaml', true, false],
      ['artifact.json', true, false],
      ['big.txt', false, false],
    ]);
    expect(files.map(file => file.content?.toString()).join()).not.toContain(
      CANARY,
    );
    await expect(
      service.releaseFiles.readReleaseFiles('a'.repeat(40)),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      service.releaseFiles.readReleaseFiles('HEAD'),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  if (id === 'POSTGRES_18') {
    it('writes nothing after its lease went to somebody else', async () => {
      repository.commit(dev(1));
      await start();
      await positionIs(1);
      // As if this process had slept while another took over.
      await knex('leases').update({
        holder: 'another',
        epoch: 1_000,
        expires_at: Date.now() + 3_600_000,
      });
      const before = await knex('repositories').first();
      repository.commit(dev(2));
      await new Promise(resolve => setTimeout(resolve, 500));
      expect(await knex('repositories').first()).toEqual(before);
      expect(await knex('commits').count({ n: '*' })).toEqual([{ n: '1' }]);
      await knex('leases').update({ expires_at: 0 });
      await positionIs(2);
    });

    it('has one replica read, and another go on when it dies', async () => {
      repository.commit(dev(1));
      // On a slow machine a short lease goes from one to the other by itself.
      const seldom = { pollIntervalMs: 60_000, usualLease: true };
      const one = await start({ ...seldom, replica: 'one' });
      await positionIs(1);
      const two = await start({ ...seldom, replica: 'two' });
      repository.commit(dev(2));
      // A webhook that reaches the replica that doesn't read.
      await two.service.wantFetch();
      await positionIs(2);
      const { holder } = await knex('leases').first('holder');
      // Before it stops: the other reads when it takes over, and seldom then.
      repository.commit(dev(3));
      await one.service.stop();
      await positionIs(3);
      expect((await knex('leases').first('holder')).holder).not.toBe(holder);
    });
  }
});
