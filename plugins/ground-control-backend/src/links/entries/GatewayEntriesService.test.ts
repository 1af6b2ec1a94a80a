import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { MirrorFiles } from '../../gitops/MirrorFiles';
import { Change, ChangeHub } from '../../lib/ChangeHub';
import { GatewayEntriesService } from './GatewayEntriesService';
import { GatewayRepositoryNotes } from './repository/GatewayRepositoryNotes';
import { readEntries } from './store/readEntries';
import { forgetEntries } from './store/writeEntries';

const databases = createTestDatabases();
const PATH = 'backbone-gateway/shuttle.yaml';
const targets = (...names: string[]) =>
  `targets:\n${names
    .map(
      name =>
        `- { hostName: ${name}, dnsName: ${name}.example, environment: east, squad: maxus }\n`,
    )
    .join('')}`;

describe.each(databases.eachSupportedId())(
  'GatewayEntriesService on %s',
  id => {
    let repository: TestRepository;
    let directory: string;
    let mirror: Mirror;
    let knex: Knex;
    let hub: ChangeHub;
    let changes: Change[];
    let services: GatewayEntriesService[];

    const createMirror = (of: TestRepository) =>
      new Mirror({
        remote: parseRemoteUrl(of.path),
        branch: 'master',
        directory,
        timeoutMs: 60_000,
        logger: createRecordingLogger(),
      });
    const create = (path = PATH) => {
      const service = new GatewayEntriesService({
        knex,
        hub,
        logger: createRecordingLogger(),
        repository: 'default',
        settings: { path, namespace: 'backbone-gateway' },
        files: new MirrorFiles(mirror),
        readTip: () => mirror.tip,
        notes: new GatewayRepositoryNotes({ knex, hub, repository: 'default' }),
        leaseTtlMs: 6_000,
      });
      services.push(service);
      return service;
    };
    const read = () => readEntries(knex, 'default');
    /** Waits until the rows are of the mirror's tip. */
    const follow = async () => {
      await mirror.fetch();
      await hub.publish({ kind: 'commits' });
      await until(async () => (await read())?.revision === mirror.tip);
      return (await read())!;
    };
    const commit = (files: Record<string, string | null>) =>
      repository.commit({ message: 'Change', files });
    const names = async () => (await read())?.entries.map(({ name }) => name);

    beforeEach(async () => {
      knex = await databases.init(id as TestDatabaseId);
      await migrate(knex);
      repository = TestRepository.create();
      directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
      mirror = createMirror(repository);
      changes = [];
      services = [];
      hub = new ChangeHub({
        gatherMs: 1,
        onError: error => {
          throw error;
        },
      });
      hub.subscribe(change => {
        if (change.kind === 'links') changes.push(change);
      });
    });

    afterEach(async () => {
      await Promise.all(services.map(service => service.stop()));
      hub.close();
      await mirror.close();
      repository.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    it('follows the file, and tells of it where it changed', async () => {
      create().start();
      commit({ 'README.md': 'x' });
      expect(await follow()).toMatchObject({
        path: null,
        isReadable: true,
        entries: [],
        problems: [],
      });
      commit({ [PATH]: targets('a', 'b') });
      expect(await follow()).toMatchObject({
        path: PATH,
        entries: [
          { id: 'target:east/a', line: 2, namespace: 'backbone-gateway' },
          { id: 'target:east/b', line: 3, dnsName: 'b.example', port: null },
        ],
      });
      expect(changes).toHaveLength(2);
      commit({ 'README.md': 'y' });
      await follow();
      expect(changes).toHaveLength(2);
      commit({ [PATH]: `${targets('b')}- nothing\n` });
      expect(await follow()).toMatchObject({
        entries: [{ name: 'b', line: 2 }],
        problems: [{ line: 3 }],
      });
      commit({ [PATH]: `${targets('b')}\t- nothing\n` });
      expect(await follow()).toMatchObject({ isReadable: false, entries: [] });
      commit({ [PATH]: null });
      expect(await follow()).toMatchObject({ isReadable: true, path: null });
      expect(changes).toHaveLength(5);
    });

    it('is as the branch is, also when its history was written anew', async () => {
      create().start();
      const first = commit({ [PATH]: targets('a') });
      commit({ [PATH]: targets('a', 'b') });
      await follow();
      expect(await names()).toEqual(['a', 'b']);
      repository.reset(first);
      await follow();
      expect(await names()).toEqual(['a']);
    });

    it('begins anew with another path or repository', async () => {
      const before = create();
      before.start();
      commit({ [PATH]: targets('a', 'b'), 'other.yaml': targets('c') });
      await follow();
      await before.stop();
      create('other.yaml').start();
      await until(async () => (await read())?.path === 'other.yaml');
      expect(await names()).toEqual(['c']);

      await Promise.all(services.map(service => service.stop()));
      const another = TestRepository.create();
      try {
        another.commit({ message: 'First', files: { 'README.md': 'x' } });
        await mirror.close();
        mirror = createMirror(another);
        create().start();
        await follow();
        expect(await read()).toMatchObject({ path: null, entries: [] });
        await forgetEntries(knex, 'default');
        expect(await read()).toBeUndefined();
      } finally {
        another.remove();
      }
    });

    it('writes nothing before the first fetch', async () => {
      const logger = createRecordingLogger();
      const service = new GatewayEntriesService({
        knex,
        hub,
        logger,
        repository: 'default',
        settings: { path: PATH, namespace: 'backbone-gateway' },
        files: new MirrorFiles(mirror),
        readTip: () => mirror.tip,
        notes: new GatewayRepositoryNotes({ knex, hub, repository: 'default' }),
      });
      services.push(service);
      service.start();
      await until(
        async () => (await knex('leases').select('name')).length === 1,
      );
      await service.stop();
      expect(await read()).toBeUndefined();
      expect(logger.lines.join()).not.toContain('failed');
    });
  },
);
