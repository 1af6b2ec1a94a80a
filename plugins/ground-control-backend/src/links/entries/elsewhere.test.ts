import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, TestDatabaseId } from '@backstage/backend-test-utils';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  GitHttpServer,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { ChangeHub } from '../../lib/ChangeHub';
import { GatewayEntriesService } from './GatewayEntriesService';
import { EntriesOptions, joinEntries } from './joinEntries';
import { GatewayMirror } from './repository/GatewayMirror';
import { GatewayRepositoryNotes } from './repository/GatewayRepositoryNotes';
import { IntegrationCredentials } from '../../lib/IntegrationCredentials';
import { readGatewayRepository } from './repository/readGatewayRepository';
import { readEntries } from './store/readEntries';

const databases = createTestDatabases();
const PATH = 'backbone-gateway/shuttle.yaml';
const CANARY = 'canary-token-4711';
const RENEWED = 'canary-token-4712';
const HOUR = { hours: 1 };
const TABLES = ['repositories', 'gateway_files', 'gateway_entries', 'leases'];
const targets = (...names: string[]) =>
  `targets:\n${names
    .map(
      name =>
        `- { hostName: ${name}, dnsName: ${name}.example, environment: east, squad: maxus }\n`,
    )
    .join('')}`;

describe.each(databases.eachSupportedId())(
  'entries that lie in a repository of their own, %s',
  id => {
    let knex: Knex;
    let directory: string;
    let repository: TestRepository;
    let server: GitHttpServer;
    let stops: Array<() => unknown>;
    const logger = createRecordingLogger();
    const stop = async () => {
      await Promise.all(stops.splice(0).map(end => end()));
    };

    beforeAll(async () => {
      knex = await databases.init(id as TestDatabaseId);
      await migrate(knex);
    });

    beforeEach(async () => {
      for (const table of TABLES) await knex(table).delete();
      directory = mkdtempSync(join(tmpdir(), 'ground-control-elsewhere-'));
      repository = TestRepository.create();
      server = await GitHttpServer.start(repository);
      stops = [];
      logger.lines.splice(0);
    });

    afterEach(async () => {
      await stop();
      await server.close();
      repository.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    const commit = (...names: string[]) =>
      repository.commit({
        message: 'Change',
        files: { [PATH]: targets(...names) },
      });

    /** The reading as the plugin joins it. */
    async function start(
      settings: object | undefined,
      more: Partial<EntriesOptions> = {},
    ) {
      const events = DefaultEventsService.create({
        logger: mockServices.logger.mock(),
      });
      const hub = new ChangeHub({
        gatherMs: 1,
        onError: error => {
          throw error;
        },
      });
      let told = 0;
      hub.subscribe(({ kind }) => {
        if (kind === 'links') told += 1;
      });
      stops.push(() => hub.close());
      const { readEntriesRepository } = await joinEntries({
        config: mockServices.rootConfig({
          data: {
            groundControl: {
              gateway: settings && {
                repository: {
                  mirrorDirectory: join(directory, 'mirrors'),
                  ...settings,
                },
              },
            },
          } as any,
        }),
        events,
        lifecycle: {
          ...mockServices.lifecycle.mock(),
          addShutdownHook: hook => stops.push(hook),
        },
        logger,
        knex,
        hub,
        repository: 'default',
        ...more,
      });
      return {
        hub,
        readTold: () => told,
        status: async () =>
          (await readEntriesRepository!(new Date())).status as RepositoryStatus,
        /** A webhook says that there is news. */
        look: () =>
          events.publish({
            topic: 'ground-control.config-repository',
            eventPayload: { after: 'f'.repeat(40) },
          }),
      };
    }
    type Started = Awaited<ReturnType<typeof start>>;

    const names = async () =>
      (await readEntries(knex, 'default'))?.entries.map(({ name }) => name);
    const namesAre = (...expected: string[]) =>
      until(async () => (await names())?.join() === expected.join());
    const stateIs = ({ status }: Started, state: string) =>
      until(async () => (await status()).state === state);
    const tables = async () =>
      JSON.stringify(
        await Promise.all(TABLES.map(table => knex(table).select())),
      );

    it('are read from there by itself, and not from the config repository', async () => {
      const other = TestRepository.create();
      other.commit({ message: 'x', files: { [PATH]: targets('not-this') } });
      const mirror = new Mirror({
        remote: parseRemoteUrl(other.path),
        branch: 'master',
        directory: join(directory, 'mirrors'),
        timeoutMs: 20_000,
        logger,
      });
      stops.push(async () => {
        await mirror.close();
        other.remove();
      });
      await mirror.fetch();
      commit('a');
      const started = await start(
        { url: server.url, pollInterval: '1s' },
        { mirror },
      );
      await namesAre('a');
      await stateIs(started, 'fresh');
      expect((await readEntries(knex, 'default'))?.revision).toBe(
        repository.tip(),
      );
      commit('a', 'b');
      await namesAre('a', 'b');
      // What the config repository does is nothing to it.
      other.commit({ message: 'y', files: { [PATH]: targets('nor-this') } });
      await mirror.fetch();
      await started.hub.publish({ kind: 'commits' });
      const { observedAt } = await started.status();
      await until(
        async () => (await started.status()).observedAt! > observedAt!,
      );
      expect(await names()).toEqual(['a', 'b']);
      expect(await started.status()).toEqual({
        state: 'fresh',
        branch: 'master',
        observedAt: expect.any(String),
      });
    });

    it.each<[string, RegExp, () => unknown, () => unknown, object?]>([
      [
        'unreachable',
        /can't be reached/,
        () => (server.status = 503),
        () => (server.status = undefined),
      ],
      [
        'forbidden',
        /refuses our credentials/,
        () => (server.password = 'another'),
        () => (server.password = undefined),
      ],
      [
        'missing',
        /is not there/,
        () => (server.status = 404),
        () => (server.status = undefined),
      ],
      [
        'empty',
        /has no commit on branch master/,
        () => repository.git('update-ref', '-d', 'refs/heads/master'),
        () => undefined,
      ],
      [
        'unreachable',
        /raise groundControl\.gateway\.repository\.timeout/,
        () => (server.hangs = true),
        () => (server.hangs = false),
        { timeout: '3s' },
      ],
    ])('stay while it is %s (%s), and go on', async (...of) => {
      const [state, why, fail, mend, settings] = of;
      commit('a', 'b');
      const started = await start({
        url: server.url,
        pollInterval: HOUR,
        ...settings,
      });
      await until(async () => {
        // Where all is slow, a short time limit may be over at the first look.
        const { state: first } = await started.status();
        if (first === 'unreachable') await started.look();
        return (await names())?.join() === 'a,b';
      });
      await stateIs(started, 'fresh');
      const before = await readEntries(knex, 'default');
      const { observedAt } = await started.status();
      const told = started.readTold();

      fail();
      await started.look();
      await stateIs(started, state);
      const failed = await started.status();
      expect(failed.reason).toMatch(why);
      // An empty one has answered.
      expect(failed.observedAt! > observedAt!).toBe(state === 'empty');
      expect(await readEntries(knex, 'default')).toEqual(before);
      await until(async () => started.readTold() > told);

      mend();
      commit('c');
      await until(async () => {
        // Where all is slow, a short time limit may be over once more.
        await started.look();
        return (await names())?.join() === 'c';
      });
      await stateIs(started, 'fresh');
      expect(await started.status()).not.toHaveProperty('reason');
    });

    it('are read with a token that is renewed on disk, and seen nowhere', async () => {
      const passwordFile = join(directory, 'token');
      writeFileSync(passwordFile, CANARY);
      server.password = CANARY;
      commit('a');
      const started = await start({
        url: server.url,
        username: 'robot',
        passwordFile,
        pollInterval: HOUR,
      });
      await namesAre('a');
      expect(server.seen).toContain(`robot:${CANARY}`);
      server.password = RENEWED;
      commit('b');
      await started.look();
      await stateIs(started, 'forbidden');
      const said = [await started.status(), await tables()];
      expect(await names()).toEqual(['a']);
      writeFileSync(passwordFile, RENEWED);
      await started.look();
      await namesAre('b');
      await stateIs(started, 'fresh');
      rmSync(passwordFile);
      await started.look();
      await stateIs(started, 'forbidden');
      expect((await started.status()).reason).toMatch(
        /groundControl\.gateway\.repository\.passwordFile can't be read/,
      );
      const everything = JSON.stringify([
        said,
        await started.status(),
        await tables(),
        logger.lines,
      ]);
      expect(everything).not.toContain('canary-token');
      expect(everything).not.toContain(
        Buffer.from(`robot:${CANARY}`).toString('base64'),
      );
    });

    it('are as the branch is when its history was written anew', async () => {
      const first = commit('a');
      commit('a', 'b');
      const started = await start({ url: server.url, pollInterval: HOUR });
      await namesAre('a', 'b');
      repository.reset(first);
      await started.look();
      await namesAre('a');
      const tip = commit('c');
      await started.look();
      await namesAre('c');
      expect((await readEntries(knex, 'default'))?.revision).toBe(tip);
    });

    it('outlive a restart while it can not be reached, and not another repository', async () => {
      commit('a');
      const settings = { url: server.url, pollInterval: HOUR };
      const first = await start(settings);
      await namesAre('a');
      await stateIs(first, 'fresh');
      const { observedAt } = await first.status();
      await stop();

      server.status = 503;
      const second = await start(settings);
      await stateIs(second, 'unreachable');
      expect(await names()).toEqual(['a']);
      expect((await second.status()).observedAt).toBe(observedAt);
      await stop();

      const third = await start({ ...settings, branch: 'main' });
      await until(async () => (await names()) === undefined);
      await stateIs(third, 'unreachable');
      expect(await third.status()).not.toHaveProperty('observedAt');
      await stop();

      server.status = undefined;
      await start(settings);
      await namesAre('a');
      await stop();

      // Without a repository at all nothing is known of entries.
      await start(undefined);
      await until(async () => (await names()) === undefined);
      expect(await knex('repositories').select()).toEqual([]);
    });

    it('were of the other, when they come to lie in the config repository', async () => {
      commit('a');
      await start({ url: server.url, pollInterval: HOUR });
      await namesAre('a');
      await stop();
      const mirror = new Mirror({
        remote: parseRemoteUrl(`${repository.path}-nowhere`),
        branch: 'master',
        directory: join(directory, 'mirrors'),
        timeoutMs: 20_000,
        logger,
      });
      stops.push(() => mirror.close());
      const { readTold } = await start(undefined, { mirror });
      await until(async () => (await names()) === undefined);
      await until(async () => readTold() > 0);
      expect(await knex('repositories').select()).toEqual([]);
    });

    it('can not be read while its mirror or our tables can not be written', async () => {
      writeFileSync(join(directory, 'file'), '');
      const first = await start({
        url: server.url,
        pollInterval: HOUR,
        mirrorDirectory: join(directory, 'file', 'mirrors'),
      });
      await stateIs(first, 'failing');
      expect((await first.status()).reason).toMatch(
        /ENOTDIR.*groundControl\.gateway\.repository\.mirrorDirectory/,
      );
      await stop();

      commit('a');
      const second = await start({ url: server.url, pollInterval: HOUR });
      await namesAre('a');
      // The fault before is forgotten after the names were written.
      await stateIs(second, 'fresh');
      await knex.schema.renameTable('gateway_entries', 'entries_away');
      commit('b');
      await second.look();
      await stateIs(second, 'failing');
      expect((await second.status()).reason).toMatch(/Its log says what/);
      await knex.schema.renameTable('entries_away', 'gateway_entries');
      expect(await names()).toEqual(['a']);
      await second.look();
      await namesAre('b');
      await stateIs(second, 'fresh');
    });

    it('are read from a new mirror where the old one lacks what it should have', async () => {
      commit('a');
      const config = mockServices.rootConfig({
        data: {
          gateway: {
            repository: {
              url: server.url,
              mirrorDirectory: join(directory, 'mirrors'),
              pollInterval: HOUR,
            },
          },
        },
      });
      const settings = readGatewayRepository(
        config,
        new IntegrationCredentials(config),
      )!;
      const mirror = new GatewayMirror({ ...settings, logger });
      const hub = new ChangeHub({ onError: () => {} });
      stops.push(() => hub.close());
      const service = new GatewayEntriesService({
        knex,
        logger,
        hub,
        repository: 'default',
        settings: { path: PATH, namespace: 'backbone-gateway' },
        files: mirror.files,
        readTip: () => mirror.tip,
        notes: new GatewayRepositoryNotes({
          knex,
          hub,
          repository: 'default',
          elsewhere: { url: server.url, branch: 'master', mirror },
        }),
      });
      stops.push(() => Promise.all([service.stop(), mirror.stop()]));
      mirror.onLooked(() => service.wake());
      mirror.start();
      await until(async () => mirror.tip !== undefined);
      const [folder] = readdirSync(join(directory, 'mirrors')).filter(
        name => name !== 'home',
      );
      const objects = join(directory, 'mirrors', folder, 'mirror.git/objects');
      for (const name of readdirSync(objects)) {
        rmSync(join(objects, name), { recursive: true });
      }
      service.start();
      await namesAre('a');
      expect(logger.lines.join('\n')).toMatch(
        /Reading the entries of the gateway failed/,
      );
    });

    if (id === 'POSTGRES_18') {
      it('are written by one replica, and by another when that one ends', async () => {
        commit('a');
        const replica = (name: string) =>
          start({
            url: server.url,
            pollInterval: HOUR,
            mirrorDirectory: join(directory, name),
          });
        await replica('one');
        await namesAre('a');
        const endOne = stops.splice(0);
        const two = await replica('two');
        await stateIs(two, 'fresh');
        // It fetches into a mirror of its own, and writes nothing.
        commit('b');
        await two.look();
        await new Promise(resolve => setTimeout(resolve, 1_000));
        expect(await names()).toEqual(['a']);
        await Promise.all(endOne.map(end => end()));
        await namesAre('b');
      });
    }
  },
);
