import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { migrate } from '../../../__testUtils__/migrate';
import { emptyTables } from '../../../requests/__testUtils__/emptyTables';
import { RejudgeResult } from '../../../requests/types';
import { Moment } from '../../../requests/writing/__testUtils__/FaultyMirror';
import { expectRequestHeads } from '../../../requests/writing/__testUtils__/expectRequestHeads';
import { WriterWorld } from '../../../requests/writing/__testUtils__/WriterWorld';
import { AccessWriterWorld, FILE } from './__testUtils__/AccessWriterWorld';
import { PATH } from './__testUtils__/makeAccessWriter';

const databases = createTestDatabases();
const CREDIT = `  - hostName: credit
    dnsName: credit.azurewebsites.net
    environment: az-1
    squad: squad-fx
`;

describe.each(databases.eachSupportedId())('AccessWriter on %s', id => {
  let knex: Knex;
  let access: AccessWriterWorld;
  let world: WriterWorld;

  beforeAll(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
  });
  beforeEach(async () => {
    await emptyTables(knex);
    access = AccessWriterWorld.create(knex);
    world = access.writers;
  });
  afterEach(() => world.close());

  const hook = (name: string, script: string) => {
    const path = join(world.repository.path, 'hooks', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  };
  const judges = (result: RejudgeResult) => ({
    judge: { rejudge: async () => result },
  });

  it('makes one commit of a request, and nothing else of the file', async () => {
    await access.startRead();
    const number = await access.approve('credit');
    await knex('release_request_decisions').insert({
      number,
      decided_by: 'user:default/dee.park',
      decided_by_name: 'Dee\nRelease-request: REQ-9 <Park>',
      decided_by_email: 'dee@example.com',
      decision: 'approve',
      role: 'lead',
      accepted: '[]',
      evidence: '',
      decided_at: 1,
    });
    await world.stateIs(number, 'committed');
    expect(access.file()).toBe(`${FILE}${CREDIT}`);
    const { repository } = world;
    expect(await world.row(number)).toMatchObject({
      code: 'committed',
      revision: repository.tip(),
      position: 3,
    });
    expect(repository.git('diff', '--name-only', 'master^', 'master')).toBe(
      PATH,
    );
    const message = repository.git('log', '-1', '--format=%an%n%B', 'master');
    expect(message.split('\n')).toEqual([
      'Ground Control',
      'Add gateway target credit at az-1',
      '',
      'Changed-by: Ana Ruiz <ana.ruiz@example.com>',
      `Release-request: REQ-${number}`,
      'Approved-by: Dee Release-request: REQ-9 Park <dee@example.com>',
      expect.stringMatching(/^Audit-head: /),
    ]);
    await expectRequestHeads(world, [number]);
  });

  it('brings all that were approved together, in their order, also of one entry', async () => {
    const numbers = [
      await access.approve('credit'),
      await access.approve('scores', { cluster: 'gcp-1', from: ['az-1'] }),
      await access.approve('credit', { change: 'remove' }),
      await access.approve('bureau', { change: 'remove' }),
    ];
    await access.startRead();
    for (const number of numbers) await world.stateIs(number, 'committed');
    expect(access.targets()).toEqual(['scores']);
    const commits = world.commits();
    expect([...commits].sort((a, b) => a - b)).toEqual(numbers);
    // The removal waits for what it removes; others needn't wait for it.
    expect(commits.indexOf(numbers[2])).toBeGreaterThan(
      commits.indexOf(numbers[0]),
    );
  });

  it('has none overtake another of the same entry', async () => {
    const later = { next_attempt_at: Date.now() + 3_600_000 };
    const add = await access.approve('credit', {}, later);
    const remove = await access.approve('credit', { change: 'remove' });
    const other = await access.approve('scores');
    await access.startRead();
    await world.stateIs(other, 'committed');
    expect((await world.row(remove)).state).toBe('approved');
    await knex('release_requests').update({ next_attempt_at: null });
    await world.stateIs(remove, 'committed');
    expect(world.commits()).toEqual([other, add, remove]);
  });

  it('plans anew on what somebody else pushed meanwhile', async () => {
    const { mirror, writer } = await access.startRead({ writes: false });
    let pushes = 0;
    mirror.at = async moment => {
      if (moment !== 'push' || pushes > 1) return;
      pushes += 1;
      const content = Buffer.from(`# Hand ${pushes}\n${access.file()}`);
      await world.rival('By hand', [
        { kind: 'put', path: PATH, mode: '100644', content },
      ]);
    };
    const number = await access.approve('credit');
    writer.start();
    await world.stateIs(number, 'committed');
    expect(access.file()).toBe(`# Hand 2\n# Hand 1\n${FILE}${CREDIT}`);
    expect(world.commits()).toEqual([number]);
  });

  it('outdates what came by another hand, and goes on', async () => {
    const { mirror, writer } = await access.startRead({ writes: false });
    mirror.at = async moment => {
      if (moment !== 'push') return;
      mirror.at = () => {};
      const content = Buffer.from(`${FILE}${CREDIT}`);
      await world.rival('By hand', [
        { kind: 'put', path: PATH, mode: '100644', content },
      ]);
    };
    const late = await access.approve('credit');
    const gone = await access.approve('nobody', { change: 'remove' });
    const other = await access.approve('scores');
    writer.start();
    await world.stateIs(other, 'committed');
    await world.stateIs(late, 'outdated', 'entry-there');
    await world.stateIs(gone, 'outdated', 'entry-gone');
    expect(access.targets()).toEqual(['bureau', 'credit', 'scores']);
    expect(world.commits()).toEqual([other]);
  });

  it('writes nothing of what was cancelled while it was built', async () => {
    const { mirror, writer } = await access.startRead({ writes: false });
    const number = await access.approve('credit');
    const other = await access.approve('scores');
    mirror.at = async moment => {
      if (moment !== 'written') return;
      mirror.at = () => {};
      await world.move(number, { type: 'cancel', code: 'cancelled' });
    };
    writer.start();
    await world.stateIs(other, 'committed');
    expect((await world.row(number)).state).toBe('cancelled');
    expect(world.commits()).toEqual([other]);
    expect(access.targets()).toEqual(['bureau', 'scores']);
  });

  it.each<[RejudgeResult, string]>([
    [{ kind: 'hold', code: 'reading-anew', message: 'Later' }, 'held'],
    [{ kind: 'outdate', code: 'verdict-worse', message: 'No' }, 'outdated'],
    [{ kind: 'fail', code: 'odd', message: 'Never' }, 'failed'],
  ])('does what the judge says: %j', async (result, state) => {
    const { mirror } = await access.startRead(judges(result));
    const number = await access.approve('credit');
    await world.stateIs(number, state, 'code' in result ? result.code : '');
    expect(mirror.pushes).toBe(0);
  });

  it('holds what can’t be judged for a fault, and releases go on', async () => {
    const rejudge = async (row: { kind: string }): Promise<RejudgeResult> => {
      if (row.kind === 'access') throw new Error('select secret from x');
      return { kind: 'go' };
    };
    await access.startRead({ judge: { rejudge } });
    const number = await access.approve('credit');
    const release = await world.approve({ service: 'ledger', number: 2 });
    await world.stateIs(release, 'committed');
    await world.stateIs(number, 'held', 'write-failed');
    expect((await world.row(number)).message).not.toMatch(/secret/);
  });

  it.each<Moment>(['write', 'written', 'push', 'pushed'])(
    'commits once though its process dies at: %s',
    async moment => {
      // Nothing but the writer itself sees what it pushed.
      const reading = await access.startRead({ writes: false });
      await reading.stop();
      const numbers = [
        await access.approve('credit'),
        await access.approve('scores'),
      ];
      const dying = await access.start({
        reads: false,
        settles: false,
        writes: false,
      });
      const reached = dying.mirror.hangAt(moment);
      dying.writer.start();
      await reached;
      await dying.stop();
      expect((await world.row(numbers[0])).state).toBe('approved');

      await access.start();
      for (const number of numbers) await world.stateIs(number, 'committed');
      expect(world.commits()).toEqual(numbers);
      expect(access.targets()).toEqual(['bureau', 'credit', 'scores']);
      for (const number of numbers) {
        expect(await world.steps(number)).toEqual(['committed']);
      }
    },
  );

  it('finds its commit though nobody has read the branch, and its answer was lost', async () => {
    const reading = await access.startRead({ writes: false });
    await reading.stop();
    hook('post-receive', 'sleep 30');
    const number = await access.approve('credit');
    const writing = await access.start({
      reads: false,
      settles: false,
      timeoutMs: 3_000,
    });
    await world.until('it was pushed', async () => world.commits().length > 0);
    await world.stateIs(number, 'held', 'remote-timeout');
    await writing.stop();
    hook('post-receive', 'exit 0');
    world.clockMs = 60_000;
    const second = await access.start({ reads: false, settles: false });
    await world.until('it was looked at', async () => {
      const { next_attempt_at: next } = await world.row(number);
      return Number(next) > Date.now() + 50_000;
    });
    expect(second.mirror.pushes).toBe(0);
    await second.stop();
    await access.start();
    await world.stateIs(number, 'committed');
    expect(world.commits()).toEqual([number]);
    expect(await world.steps(number)).toEqual(['remote-timeout', 'committed']);
  });

  it('writes nothing after it slept past its lease', async () => {
    const asleep = await access.startRead({ writes: false });
    const number = await access.approve('credit');
    const lost = new Promise<void>(resolve => {
      asleep.mirror.at = moment =>
        moment === 'written'
          ? knex('leases')
              .where({ name: 'writer:default' })
              .update({ holder: 'another', epoch: 99 })
              .then(() => resolve())
          : undefined;
    });
    asleep.writer.start();
    await lost;
    await world.until('it noticed', async () =>
      world.logger.lines.some(line => /no longer held/.test(line)),
    );
    asleep.mirror.at = () => {};
    expect(asleep.mirror.pushes).toBe(0);
    expect(await knex('release_request_commits')).toEqual([]);
    await knex('leases').update({ expires_at: 0 });
    await world.stateIs(number, 'committed');
    expect(world.commits()).toEqual([number]);
  });

  it('holds what a remote that is gone keeps, and writes it when that is back', async () => {
    await access.startRead();
    const { path } = world.repository;
    renameSync(path, `${path}-away`);
    const numbers = [
      await access.approve('credit'),
      await access.approve('scores'),
    ];
    for (const number of numbers) {
      await world.stateIs(number, 'held', 'remote-missing');
    }
    renameSync(`${path}-away`, path);
    for (const number of numbers) await world.stateIs(number, 'committed');
    expect(world.commits()).toEqual(numbers);
  });

  it('tells a refused push, which keeps no release from the branch, and gives up at last', async () => {
    hook(
      'pre-receive',
      `while read old new ref; do git diff --name-only $old $new; done | grep -q gateway || exit 0
      echo "gateway needs a ticket" >&2; exit 1`,
    );
    const replica = await access.startRead({ writes: false });
    const bad = await access.approve('credit');
    const good = await world.approve({ service: 'ledger', number: 2 });
    replica.writer.start();
    await world.stateIs(good, 'committed');
    await world.until('it is told', async () =>
      (await world.steps(bad)).includes('push-refused'),
    );
    await replica.stop();
    world.clockMs = 60 * 60_000;
    await knex('release_requests')
      .where({ number: bad })
      .update({ attempts: 19 });
    await access.start();
    await world.stateIs(bad, 'failed', 'push-refused');
    expect(world.commits()).toEqual([good]);
    expect(access.file()).toBe(FILE);
  });

  it('follows its commit into a merge that somebody else made', async () => {
    const replica = await access.startRead({ writes: false });
    const number = await access.approve('credit');
    const { repository } = world;
    const base = repository.tip();
    const reached = replica.mirror.hangAt('pushed');
    replica.writer.start();
    await reached;
    await replica.stop();
    const ours = repository.tip();
    repository.reset(base);
    // Theirs first: ours is not on the first-parent line.
    const tip = repository.commit(
      { message: 'Theirs', files: { x: '1' } },
      { message: 'Merge', files: { y: '1' }, merge: [ours] },
    );
    await access.start();
    await world.stateIs(number, 'committed');
    expect(await world.row(number)).toMatchObject({
      revision: tip,
      position: 4,
    });
    expect(repository.tip()).toBe(tip);
  });

  it('waits while the branch is read anew', async () => {
    const replica = await access.startRead({ writes: false });
    await replica.stop();
    await knex('repositories').update({ anew_since: Date.now() });
    const number = await access.approve('credit');
    const waiting = await access.start({ reads: false, tellAfterMs: 0 });
    await world.until('it is told', async () =>
      (await world.steps(number)).includes('waits-for-reading'),
    );
    expect(waiting.mirror.pushes).toBe(0);
    await knex('repositories').update({ anew_since: null });
    await world.until('it is pushed', async () => world.commits().length > 0);
    expect(access.targets()).toEqual(['bureau', 'credit']);
  });
});
