import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { ArtifactStore } from '@ground-control/backstage-plugin-ground-control-node';
import { GitHttpServer } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { insertAccess } from '../__testUtils__/insertAccess';
import { Moment } from './__testUtils__/FaultyMirror';
import { WriterWorld } from './__testUtils__/WriterWorld';
import { FollowService } from '../following/FollowService';

const databases = createTestDatabases();
/** A process that neither reads the branch nor settles; its writer is started later. */
const WRITER_ALONE = { reads: false, settles: false, writes: false };

describe.each(databases.eachSupportedId())(
  'RequestWriter among faults on %s',
  id => {
    let knex: Knex;
    let world: WriterWorld;

    beforeEach(async () => {
      knex = await databases.init(id as TestDatabaseId);
      await migrate(knex);
      world = WriterWorld.create(knex, ['ledger', 'gateway', 'mailer']);
    });

    afterEach(() => world.close());

    const ledger = { service: 'ledger', number: 2 };
    const hook = (script: string) => {
      const path = join(world.repository.path, 'hooks/pre-receive');
      writeFileSync(path, `#!/bin/sh\n${script}\n`);
      chmodSync(path, 0o755);
    };

    it.each<Moment>(['write', 'written', 'push', 'pushed'])(
      'commits once though its process dies at: %s',
      async moment => {
        // Nothing but the writer itself sees what it pushed.
        const reading = await world.startRead({ writes: false });
        await reading.stop();
        const numbers = [
          await world.approve(ledger),
          await world.approve({ service: 'gateway', number: 2 }),
        ];
        const dying = await world.start(WRITER_ALONE);
        const reached = dying.mirror.hangAt(moment);
        dying.writer.start();
        await reached;
        await dying.stop();
        expect((await world.row(numbers[0])).state).toBe('approved');

        await world.start();
        for (const number of numbers) await world.stateIs(number, 'committed');
        expect(world.commits()).toEqual(numbers);
      },
    );

    it('commits once though its process dies before anybody has read the branch', async () => {
      const reading = await world.startRead({ writes: false });
      await reading.stop();
      const number = await world.approve(ledger);
      const writing = await world.start({ reads: false, settles: false });
      await world.until('it is pushed', async () => world.commits().length > 0);
      await writing.stop();
      // By the time that it would be tried again nobody has read it either.
      world.clockMs = 60_000;
      const second = await world.start({ reads: false, settles: false });
      await world.until('it was looked at', async () => {
        const { next_attempt_at: next } = await world.row(number);
        return Number(next) > Date.now() + 50_000;
      });
      await second.stop();
      expect(second.mirror.pushes).toBe(0);
      await world.start();
      await world.stateIs(number, 'committed');
      expect(world.commits()).toEqual([number]);
    });

    it('writes nothing after it slept past its lease', async () => {
      const asleep = await world.startRead({ writes: false });
      const number = await world.approve(ledger);
      const wake = new Promise<void>(resolve => {
        asleep.mirror.at = moment =>
          moment === 'written'
            ? knex('leases')
                .where({ name: 'writer:default' })
                .update({ holder: 'another', epoch: 99 })
                .then(() => resolve())
            : undefined;
      });
      asleep.writer.start();
      await wake;
      await world.until('it noticed', async () =>
        world.logger.lines.some(line => /no longer held/.test(line)),
      );
      asleep.mirror.at = () => {};
      expect(asleep.mirror.pushes).toBe(0);
      expect(await knex('release_request_commits')).toEqual([]);
      // The other is gone too, as its lease ends.
      await knex('leases').update({ expires_at: 0 });
      await world.stateIs(number, 'committed');
      expect(world.commits()).toEqual([number]);
    });

    it('tries a refused push again, one request alone, and gives up at last', async () => {
      hook(`while read old new ref; do git diff --name-only $old $new; done | grep -q ledger || exit 0
      echo "ledger needs a ticket" >&2; exit 1`);
      const replica = await world.startRead({ writes: false });
      const bad = await world.approve(ledger);
      const good = await world.approve({ service: 'gateway', number: 2 });
      replica.writer.start();
      await world.stateIs(good, 'committed');
      expect(world.commits()).toEqual([good]);
      await world.until('it is told', async () =>
        (await world.steps(bad)).includes('push-refused'),
      );
      const step = await knex('release_request_steps')
        .where({ number: bad, code: 'push-refused' })
        .first('message', 'state');
      expect(step).toMatchObject({
        state: null,
        message: expect.stringMatching(
          /refuses commits on branch master: ledger needs a ticket/,
        ),
      });
      await replica.stop();
      world.clockMs = 60 * 60_000;
      await knex('release_requests')
        .where({ number: bad })
        .update({ attempts: 5 });
      const patient = await world.start();
      await world.stateIs(bad, 'held', 'push-refused');
      await patient.stop();
      world.clockMs += 60 * 60_000;
      await knex('release_requests')
        .where({ number: bad })
        .update({ attempts: 19 });
      const last = await world.start();
      await world.stateIs(bad, 'failed', 'push-refused');
      await last.stop();
      expect(world.commits()).toEqual([good]);
    });

    it('holds what a remote that is gone keeps, and writes it when that is back', async () => {
      await world.startRead();
      const path = world.repository.path;
      renameSync(path, `${path}-away`);
      const number = await world.approve(ledger);
      await world.stateIs(number, 'held', 'remote-missing');
      expect((await world.row(number)).message).toMatch(/Check the URL/);
      renameSync(`${path}-away`, path);
      await world.stateIs(number, 'committed');
      expect(world.commits()).toEqual([number]);
      expect(await world.steps(number)).toEqual([
        'remote-missing',
        'committed',
      ]);
    });

    it('holds what a remote that hangs keeps', async () => {
      world.repository.git('config', 'http.receivepack', 'true');
      const server = await GitHttpServer.start(world.repository);
      try {
        const replica = await world.startRead({
          url: server.url,
          timeoutMs: 3_000,
          writes: false,
        });
        const number = await world.approve(ledger);
        replica.mirror.at = moment => {
          if (moment === 'push') server.hangs = true;
        };
        replica.writer.start();
        await world.stateIs(number, 'held', 'remote-timeout');
        replica.mirror.at = () => {};
        server.hangs = false;
        await world.stateIs(number, 'committed');
        expect(world.commits()).toEqual([number]);
      } finally {
        await world.close();
        await server.close();
        world = WriterWorld.create(knex, []);
      }
    });

    it('goes on after a lock that a dead process left at the remote', async () => {
      await world.startRead();
      const lock = join(world.repository.path, 'refs/heads/master.lock');
      writeFileSync(lock, '');
      const number = await world.approve(ledger);
      await world.stateIs(number, 'held', 'remote-failing');
      rmSync(lock);
      await world.stateIs(number, 'committed');
      expect(world.commits()).toEqual([number]);
    });

    it('says of a committed request that its history was rewritten', async () => {
      await world.startRead();
      const number = await world.approve(ledger);
      await world.stateIs(number, 'committed');
      const { position, revision } = await world.row(number);
      const state = 'committed';
      const access = await insertAccess(knex, { state, position, revision });
      world.repository.reset(world.repository.git('rev-parse', 'master^'));
      world.repository.commit({ message: 'Other', files: { x: '1' } });
      const isTold = async (of: number, words: RegExp) => {
        await world.until('it is told', async () =>
          (await world.steps(of)).includes('history-rewritten'),
        );
        expect((await world.row(of)).state).toBe(state);
        const step = await knex('release_request_steps')
          .where({ number: of, code: 'history-rewritten' })
          .first();
        expect(step.message).toMatch(words);
      };
      await isTold(number, /of this release .* what the service runs/);
      await isTold(access, /of this request .* the gateway’s entries/);
    });

    it('follows its commit into a merge that somebody else made', async () => {
      const reading = await world.startRead({ writes: false });
      await reading.stop();
      const number = await world.approve(ledger);
      const base = world.repository.tip();
      const replica = await world.start(WRITER_ALONE);
      const reached = replica.mirror.hangAt('pushed');
      replica.writer.start();
      await reached;
      await replica.stop();
      const ours = world.repository.tip();
      // Theirs first, as a pull makes it: ours is not on the first-parent line.
      world.repository.reset(base);
      const tip = world.repository.commit(
        { message: 'Theirs', files: { x: '1' } },
        { message: 'Merge', files: { y: '1' }, merge: [ours] },
        { message: 'After', files: { y: '2' } },
      );
      await world.start();
      await world.stateIs(number, 'committed');
      expect(await world.row(number)).toMatchObject({
        revision: world.repository.git('rev-parse', 'master^'),
        position: 3,
        message: expect.stringMatching(/a merge that somebody else made/),
      });
      expect(world.repository.tip()).toBe(tip);
    });

    it('follows a committed request into a merge that took its commit along', async () => {
      const { hub } = await world.startRead();
      const number = await world.approve(ledger);
      await world.stateIs(number, 'committed');
      const { repository } = world;
      const ours = repository.tip();
      const files = Object.fromEntries(
        repository
          .git('diff', '--name-only', `${ours}^`, ours)
          .split('\n')
          .map(path => [path, `${world.file(path)}\n`]),
      );
      // The branch moves once, so that nobody reads it half done.
      const branch = 'side';
      const merge = repository.commit(
        {
          message: 'Theirs',
          files: { x: '1' },
          branch,
          from: repository.git('rev-parse', 'master^'),
        },
        { message: 'Merge', files, merge: [ours], branch },
      );
      repository.reset(
        repository.commit({ message: 'After', files: { y: '2' }, branch }),
      );
      await world.until('it is told', async () =>
        (await world.steps(number)).includes('came-by-merge'),
      );
      expect(await world.row(number)).toMatchObject({
        state: 'committed',
        revision: merge,
        position: 3,
      });
      const following = new FollowService({
        knex,
        hub,
        logger: world.logger,
        repository: 'default',
        environments: ['dev', 'prod'],
        failAfterMs: 1,
        deadlineMs: 1,
        intervalMs: 50,
      });
      following.start();
      await world.stateIs(number, 'succeeded', 'no-clusters');
      await following.stop();
      expect(await world.steps(number)).toEqual([
        'committed',
        'came-by-merge',
        'no-clusters',
      ]);
    });

    it('keeps the order of what a store hands out one after the other', async () => {
      let last = Promise.resolve();
      const readFiles: ArtifactStore['readFiles'] = async (key, options) => {
        last = last.then(
          () => new Promise(resolve => setTimeout(resolve, 400)),
        );
        await last;
        return world.store.readFiles(key, options);
      };
      const { writer } = await world.startRead({ readFiles, writes: false });
      const numbers: number[] = [];
      // The first is there soonest, the third after more than a second.
      for (const service of ['ledger', 'gateway', 'mailer']) {
        numbers.push(await world.approve({ service, number: 2 }));
      }
      writer.start();
      for (const number of numbers) await world.stateIs(number, 'committed');
      expect(world.commits()).toEqual(numbers);
      // In one push: none was left out, to go behind who is approved later.
      const built = await knex('release_request_commits').pluck('built_at');
      expect(new Set(built.map(Number)).size).toBe(1);
    });

    it('writes what needs no store, and what the store hands out, while it hangs on one', async () => {
      const readFiles: ArtifactStore['readFiles'] = (key, options) =>
        key.service === 'ledger'
          ? new Promise(() => {})
          : world.store.readFiles(key, options);
      const patient = { readFiles, storeTimeoutMs: 120_000 };
      const replica = await world.startRead({ ...patient, writes: false });
      const hanging = await world.approve(ledger);
      const well = await world.approve({ service: 'mailer', number: 2 });
      const [{ tree }] = await knex('releases')
        .where({ service: 'gateway' })
        .select('tree');
      const back = await world.approve(
        { service: 'gateway', number: 1 },
        {
          intent: 'rollback',
          digest: tree,
          rollback_revision: world.repository.tip(),
        },
      );
      replica.writer.start();
      await world.stateIs(well, 'committed');
      await world.stateIs(back, 'committed');
      expect((await world.row(hanging)).state).toBe('approved');
      await replica.stop();
      await world.start({ readFiles, storeTimeoutMs: 100, reads: false });
      await world.stateIs(hanging, 'held', 'store-failing');
      expect((await world.row(hanging)).message).toMatch(
        /did not hand out .* within 0.1 seconds/,
      );
      expect(world.commits()).toEqual([well, back]);
    });

    it('finds the commit on which the remote hangs, and brings the others', async () => {
      hook(`while read old new ref; do git diff --name-only $old $new; done | grep -q ledger || exit 0
      sleep 60`);
      const timeoutMs = 8_000;
      await world.startRead({ timeoutMs, writes: false });
      const bad = await world.approve(ledger);
      const others = [
        await world.approve({ service: 'gateway', number: 2 }),
        await world.approve({ service: 'mailer', number: 2 }),
      ];
      await world.start({ timeoutMs, reads: false });
      await world.until('they are pushed', async () => {
        // Nobody waits for a backoff here. One by one: the writer locks several.
        for (const number of [bad, ...others]) {
          await knex('release_requests')
            .where({ number, state: 'held', attempts: 0 })
            .update({ next_attempt_at: 0 });
        }
        const rows = await Promise.all(others.map(other => world.row(other)));
        return rows.every(({ state }) => state === 'committed');
      });
      expect(world.commits()).toEqual(others);
      expect(await world.row(bad)).toMatchObject({
        state: 'held',
        code: 'remote-timeout',
        attempts: 1,
      });
    });

    it('says once that it waits until the branch was read', async () => {
      const reading = await world.startRead({ writes: false });
      await reading.stop();
      const number = await world.approve(ledger);
      // What the tables have is not on the branch any more.
      const files = { 'README.md': 'anew' };
      world.repository.git('update-ref', '-d', 'refs/heads/master');
      world.repository.commit({ message: 'Begin anew', files });
      await world.start({ reads: false, tellAfterMs: 0 });
      const fetches = () =>
        world.logger.lines.filter(line =>
          /^git fetch|^git .* fetch /.test(line),
        ).length;
      const before = fetches();
      await world.until('it looked often', async () => fetches() > before + 5);
      expect(await world.steps(number)).toEqual(['waits-for-reading']);
      const step = await knex('release_request_steps').first();
      expect(step).toMatchObject({
        state: null,
        message: expect.stringMatching(/^It is written as soon as the config/),
      });
      await world.start({ writes: false });
      await world.stateIs(number, 'outdated', 'moved');
    });
  },
);
