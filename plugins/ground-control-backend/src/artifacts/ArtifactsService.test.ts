import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';
import { releaseManagerLayout } from '../gitops/releaseManager/releaseManagerLayout';
import { ensureRepositoryRow } from '../gitops/store/repositoryRow';
import { ChangeHub } from '../lib/ChangeHub';
import { ArtifactsService } from './ArtifactsService';
import { forgetStoreProblems } from './forgetStoreProblems';
import { FolderArtifactStore } from './FolderArtifactStore';

const databases = createTestDatabases();
describe.each(databases.eachSupportedId())('ArtifactsService on %s', id => {
  const folder = mkdtempSync(join(tmpdir(), 'ground-control-store-'));
  const away = `${folder}-away`;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('makes a store that is away a problem, and mends it', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    await ensureRepositoryRow(knex, {
      repository: 'default',
      url_hash: '',
      branch: 'master',
      format: 0,
    });
    const logger = createRecordingLogger();
    const hub = new ChangeHub({ onError: () => {} });
    const start = () => {
      const service = new ArtifactsService({
        knex,
        logger,
        hub,
        store: new FolderArtifactStore(folder),
        layout: releaseManagerLayout,
        repository: 'default',
        environments: ['dev'],
        pollIntervalMs: 30,
      });
      service.start();
      return service;
    };
    const problems = (count: number) =>
      until(
        async () => {
          const found = await knex('problems');
          return found.length === count && found;
        },
        { what: `${count} problems`, seen: () => knex('problems') },
      );
    // A round has written what it found before it says so, and a loop that is
    // stopped says nothing.
    const failures = (count: number) =>
      until(
        () =>
          logger.lines.filter(line => /Reading .* failed/.test(line)).length >=
          count,
        { what: `${count} failures`, seen: () => logger.lines },
      );
    renameSync(folder, away);
    const first = start();
    const [problem] = await problems(1);
    await failures(1);
    expect(problem).toMatchObject({
      code: 'artifact-store-unreadable',
      service: null,
      path: null,
      position: null,
    });
    expect(problem.message).toMatch(
      /can't be read \(ENOENT\); check groundControl.artifactStore.folder.path/,
    );
    await first.stop();
    // Another process goes on: it is the same problem, since the same time.
    const second = start();
    const { expires_at } = await knex('leases').first('expires_at');
    expect(Number(expires_at) - Date.now()).toBeLessThan(11_000);
    await failures(2);
    expect(await knex('problems')).toEqual([problem]);
    renameSync(away, folder);
    await problems(0);
    await second.stop();

    // Of a store that is taken out of the config nothing stays open.
    mkdirSync(join(folder, 'ledger-api'));
    const file = join(folder, 'ledger-api', 'master-1.zip');
    writeFileSync(file, 'no archive');
    // Old enough that nobody is still writing it.
    utimesSync(file, 1, 1);
    const third = start();
    const [invalid] = await problems(1);
    expect(invalid.code).toBe('stored-artifact-invalid');
    await third.stop();
    renameSync(folder, away);
    const fourth = start();
    await problems(2);
    await failures(3);
    await fourth.stop();
    const ours = { ...invalid, problem_key: 'x', code: 'policy-invalid' };
    await knex('problems').insert(ours);
    await forgetStoreProblems(knex, 'another');
    expect(await knex('problems')).toHaveLength(3);
    await forgetStoreProblems(knex, 'default');
    expect(await knex('problems').select('code')).toEqual([
      { code: 'policy-invalid' },
    ]);
    hub.close();
    rmSync(away, { recursive: true });
    const said = logger.lines.filter(line => /artifact store/.test(line));
    expect(said).toHaveLength(4);
    expect(said.slice(2)).toEqual([
      'The artifact store can be read again',
      expect.stringContaining('Reading the artifact store failed'),
    ]);
  });

  it('lets something else go first, and never starts once it was ended', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const hub = new ChangeHub({ onError: () => {} });
    const first = Promise.withResolvers<void>();
    const service = new ArtifactsService({
      knex,
      logger: createRecordingLogger(),
      hub,
      store: new FolderArtifactStore(folder),
      layout: releaseManagerLayout,
      repository: 'default',
      environments: ['dev'],
      pollIntervalMs: 30,
    });
    const started = service.start(first.promise);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await knex('leases')).toEqual([]);
    await service.stop();
    first.resolve();
    await started;
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await knex('leases')).toEqual([]);
    hub.close();
  });
});
