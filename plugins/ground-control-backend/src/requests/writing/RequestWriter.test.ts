import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { releaseManagerLayout } from '../../gitops';
import { artifactId } from '../../gitops/__testUtils__/artifacts';
import {
  oddArtifactJson,
  oddManifest,
} from '../../gitops/__testUtils__/oddBuild';
import { ReleaseManagerReader } from '../../gitops/releaseManager/__testUtils__/ReleaseManagerReader';
import { RejudgeResult } from '../types';
import { insertAccess } from '../__testUtils__/insertAccess';
import { expectRequestHeads } from './__testUtils__/expectRequestHeads';
import { kustomization, WriterWorld } from './__testUtils__/WriterWorld';

const databases = createTestDatabases();
describe.each(databases.eachSupportedId())('RequestWriter on %s', id => {
  let knex: Knex;
  let world: WriterWorld;

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    world = WriterWorld.create(knex, ['ledger', 'gateway', 'mailer']);
  });

  afterEach(() => world.close());

  const ledger = { service: 'ledger', number: 2 };
  /** What release-manager writes with each release. */
  const trailersOf = (intent: string, released: string) => ({
    Service: 'ledger',
    Environment: 'dev',
    'Artifact-ID': released,
    'Artifact-released-by': 'Ana Ruiz <ana.ruiz@example.com>',
    'Artifact-created-by': 'Ada <ada@example.com>',
    'Release-intent': intent,
  });
  const touch = (service: string) => ({
    kind: 'put' as const,
    path: `dev/releases/dev/${service}/40-deployment.yaml`,
    mode: '100644' as const,
    content: Buffer.from(`by: somebody else at ${Math.random()}\n`),
  });

  it('makes an approved request a commit, and says so once the branch was read', async () => {
    const { hub } = await world.startRead();
    const number = await world.approve(ledger);
    await knex('release_request_decisions').insert({
      number,
      decided_by: 'user:default/bo',
      decided_by_name: 'Bo Berg',
      decided_by_email: 'bo@example.com',
      decision: 'approve',
      role: 'lead',
      evidence: '0'.repeat(64),
      decided_at: 1,
    });
    await hub.publish({ kind: 'requests' });
    await world.stateIs(number, 'committed');

    const tip = world.repository.tip();
    expect(await world.row(number)).toMatchObject({
      revision: tip,
      position: 2,
      code: 'committed',
    });
    const message = world.repository.git('log', '-1', '--format=%B', 'master');
    expect(releaseManagerLayout.readMessage(message)).toMatchObject({
      environment: 'dev',
      service: 'ledger',
      artifactId: artifactId(ledger),
      intent: 'release-artifact',
      releasedBy: { name: 'Ana Ruiz', email: 'ana.ruiz@example.com' },
    });
    const asked = await knex('audit_entries')
      .where({ number, action: 'request.asked' })
      .first();
    const head = `1 ${asked.hash}`;
    expect(message).toMatch(
      new RegExp(
        `\nRelease-request: REQ-${number}\nApproved-by: Bo Berg <bo@example.com>\nAudit-head: ${head}$`,
      ),
    );
    await expectRequestHeads(world, [number]);
    expect(message).toContain('Artifact-created-by: Ada <ada@example.com>');
    const reader = new ReleaseManagerReader(world.repository.path);
    expect(reader.describe('ledger', 'dev')).toMatchObject([
      {
        revision: tip,
        artifactId: artifactId(ledger),
        intent: 'ReleaseArtifact',
        releasedBy: { name: 'Ana Ruiz', email: 'ana.ruiz@example.com' },
        createdBy: { name: 'Ada', email: 'ada@example.com' },
        trailers: {
          'Release-request': `REQ-${number}`,
          'Approved-by': 'Bo Berg <bo@example.com>',
          'Audit-head': head,
        },
      },
    ]);
    expect(reader.status('ledger', 'dev')!.artifact).toMatchObject({
      id: artifactId(ledger),
      service: 'ledger',
    });
    expect(
      world.repository.git('diff', '--name-only', 'master^', 'master'),
    ).toBe(
      [
        'clusters/dev/dev/ledger.yaml',
        'dev/releases/dev/ledger/40-deployment.yaml',
        'dev/releases/dev/ledger/artifact.json',
      ].join('\n'),
    );
    expect(world.file('clusters/dev/dev/ledger.yaml')).toBe(
      kustomization('ledger', 2).trim(),
    );
    expect(await world.steps(number)).toEqual(['committed']);
    const current = await knex('service_environments')
      .where({ service: 'ledger', environment: 'dev' })
      .first();
    expect(current.artifact_id).toBe(artifactId(ledger));
  });

  it('writes no access as if it were a release, nor waits for it', async () => {
    const access = await insertAccess(knex, {
      environment: 'dev',
      namespace: '',
      service: 'ledger',
      state: 'approved',
      code: 'approved',
    });
    await world.startRead();
    const number = await world.approve(ledger);
    await world.stateIs(number, 'committed');
    // Later ones are looked at after it, were it taken for one.
    const next = await world.approve({ service: 'mailer', number: 2 });
    await world.stateIs(next, 'committed');
    expect(await world.row(access)).toMatchObject({ state: 'approved' });
    expect(await world.steps(access)).toEqual([]);
  });

  it('goes back to an earlier release from history, without any store', async () => {
    await world.startRead();
    const first = await world.approve(ledger);
    await world.stateIs(first, 'committed');
    const before = world.repository.git('rev-parse', 'master^:dev');
    const [release] = await knex('releases')
      .where({ service: 'ledger', position: 1 })
      .select('tree');
    await world.removeBuild(ledger);
    const { revision } = await world.row(first);
    const back = {
      intent: 'rollback',
      artifact_id: artifactId({ service: 'ledger', number: 1 }),
      left_artifact_id: artifactId(ledger),
      rollback_revision: world.repository.git('rev-parse', 'master^'),
      replaces_revision: revision,
    } as const;
    const wrong = await world.approve(ledger, {
      ...back,
      digest: 'ab'.repeat(20),
    });
    await world.stateIs(wrong, 'outdated', 'release-gone');
    const number = await world.approve(ledger, {
      ...back,
      digest: release.tree,
    });
    await world.stateIs(number, 'committed');
    expect(world.repository.git('rev-parse', 'master:dev')).toBe(before);
    expect(world.file('clusters/dev/dev/ledger.yaml')).toBe(
      kustomization('ledger', 1).trim(),
    );
    expect(world.repository.git('log', '-1', '--format=%B', 'master')).toMatch(
      /^\[dev\/ledger\] rollback [^]*Rollback-of-artifact-id: master-0000000300/,
    );
    const reader = new ReleaseManagerReader(world.repository.path);
    expect(reader.describe('ledger', 'dev')[0]).toMatchObject({
      artifactId: back.artifact_id,
      intent: 'Rollback',
      leftArtifactId: back.left_artifact_id,
      trailers: {
        ...trailersOf('Rollback', back.artifact_id),
        'Rollback-of-artifact-id': back.left_artifact_id,
        'Release-request': `REQ-${number}`,
      },
    });
    expect(reader.status('ledger', 'dev')!.artifact.id).toBe(back.artifact_id);
    await expectRequestHeads(world, [first, number]);
  });

  it('copies what was built byte by byte, however it was written', async () => {
    const description = oddArtifactJson(ledger);
    const manifest = oddManifest(ledger);
    const moved = Buffer.from(
      kustomization('ledger', 2).replaceAll('\n', ' \r\n').trim(),
    );
    await world.keep(ledger, {
      'artifact.json': description,
      'dev/40-deployment.yaml': manifest,
      'dev/90-kustomization.yaml': moved,
    });
    await world.startRead();
    const { digest } = await world.readFiles(ledger);
    const number = await world.approve(ledger, { digest });
    await world.stateIs(number, 'committed');
    const reader = new ReleaseManagerReader(world.repository.path);
    // By `git cat-file blob`.
    const read = (path: string) =>
      reader.entry(path)?.content.toString('latin1');
    const folder = 'dev/releases/dev/ledger';
    expect({
      description: read(`${folder}/artifact.json`),
      manifest: read(`${folder}/40-deployment.yaml`),
      moved: read('clusters/dev/dev/ledger.yaml'),
    }).toEqual({
      description: description.toString('latin1'),
      manifest: manifest.toString('latin1'),
      moved: moved.toString('latin1'),
    });
    expect(reader.status('ledger', 'dev')!.artifact.id).toBe(
      artifactId(ledger),
    );
    expect(reader.describe('ledger', 'dev')[0].createdBy.name).toBe('Ada');
  });

  it.each([
    [
      'Promote',
      { intent: 'promote', from_environment: 'test' },
      { 'Promoted-from-environment': 'test' },
    ],
    [
      'ReleaseBranch',
      { intent: 'release-branch', of_branch: 'master' },
      { 'Release-of-branch': 'master' },
    ],
  ] as const)(
    'writes what release-manager reads as %s',
    async (intent, asked, detail) => {
      await world.startRead();
      const number = await world.approve(ledger, asked);
      await world.stateIs(number, 'committed');
      const reader = new ReleaseManagerReader(world.repository.path);
      const [{ trailers, ...release }] = reader.describe('ledger', 'dev');
      expect(release).toMatchObject({
        artifactId: artifactId(ledger),
        intent,
        releasedBy: { name: 'Ana Ruiz', email: 'ana.ruiz@example.com' },
        createdBy: { name: 'Ada', email: 'ada@example.com' },
      });
      expect(trailers).toEqual({
        ...trailersOf(intent, artifactId(ledger)),
        ...detail,
        'Release-request': `REQ-${number}`,
        'Audit-head': expect.any(String),
      });
    },
  );

  it('is not in the way of another program that pushes all the time', async () => {
    const services = Array.from({ length: 12 }, (_, i) => `s${i}`);
    await world.close();
    world = WriterWorld.create(knex, services);
    await world.startRead();
    const stopPushing = world.keepPushing(250);
    const numbers: number[] = [];
    for (const service of services) {
      numbers.push(await world.approve({ service, number: 2 }));
      await new Promise(resolve => setTimeout(resolve, 30));
    }
    for (const number of numbers) await world.stateIs(number, 'committed');
    const theirs = await stopPushing();
    expect(world.commits()).toEqual(numbers);
    await expectRequestHeads(world, numbers);
    expect(Number(world.repository.git('rev-list', '--count', 'master'))).toBe(
      1 + theirs + numbers.length,
    );
  });

  it('lets nobody overtake those that others were quicker than each time', async () => {
    const replica = await world.startRead({ writes: false });
    const first = await world.approve(ledger);
    let isLosing = true;
    let n = 0;
    replica.mirror.at = async moment => {
      if (moment !== 'push' || !isLosing) return;
      const content = Buffer.from(`${(n += 1)}`);
      await world.rival(`Tidy ${n}`, [
        { kind: 'put', path: 'x', mode: '100644', content },
      ]);
    };
    replica.writer.start();
    const losses = async () =>
      (await world.steps(first)).filter(step => step === 'push-lost').length;
    await world.until('the first has lost', async () => (await losses()) > 0);
    const before = n;
    await world.until('it has lost again', async () => n > before + 20);
    isLosing = false;
    const second = await world.approve({ service: 'gateway', number: 2 });
    await world.stateIs(second, 'committed');
    await world.stateIs(first, 'committed');
    expect(n).toBeGreaterThan(40);
    expect(world.commits()).toEqual([first, second]);
    // It is said once.
    expect(await losses()).toBe(1);
  });

  it('pushes nothing of a request that was cancelled while it was built', async () => {
    const replica = await world.startRead({ writes: false });
    const numbers = [
      await world.approve(ledger),
      await world.approve({ service: 'gateway', number: 2 }),
    ];
    let cancelled = false;
    replica.mirror.at = async moment => {
      if (moment !== 'written' || cancelled) return;
      cancelled = true;
      await world.move(numbers[0], { type: 'cancel', code: 'cancelled' });
    };
    replica.writer.start();
    await world.stateIs(numbers[1], 'committed');
    expect(world.commits()).toEqual([numbers[1]]);
    expect((await world.row(numbers[0])).state).toBe('cancelled');
  });

  it('says committed of a request that was cancelled too late', async () => {
    const replica = await world.startRead({ writes: false });
    const number = await world.approve(ledger);
    replica.mirror.at = moment =>
      moment === 'push'
        ? world.move(number, { type: 'cancel', code: 'cancelled' })
        : undefined;
    replica.writer.start();
    await world.stateIs(number, 'committed');
    expect(await world.steps(number)).toEqual(['cancelled', 'committed']);
  });

  it('outdates what was released by somebody else, be it read already or not', async () => {
    const replica = await world.startRead({ writes: false });
    const read = await world.approve(ledger);
    await world.rival('Mend ledger', [touch('ledger')]);
    await world.until('it was read', async () => {
      const row = await knex('repositories').first('position');
      return row.position === 2;
    });
    replica.writer.start();
    await world.stateIs(read, 'outdated', 'moved');
    await replica.stop();

    const number = await world.approve({ service: 'gateway', number: 2 });
    const other = await world.approve({ service: 'mailer', number: 2 });
    const late = await world.start({ reads: false });
    let moved = false;
    late.mirror.at = async moment => {
      if (moment !== 'push' || moved) return;
      moved = true;
      await world.rival('Mend gateway', [touch('gateway')]);
    };
    await world.stateIs(number, 'outdated', 'moved');
    await world.until('the other is pushed', async () =>
      world.commits().includes(other),
    );
    expect(world.commits()).toEqual([other]);
    expect((await world.row(number)).message).toMatch(
      /gateway was changed in dev meanwhile by commit [0-9a-f]{10}, .* Ask again/,
    );
  });

  it('outdates for an edit that was made before it was asked for, and pushed after', async () => {
    const replica = await world.startRead({ writes: false });
    const edit = () =>
      world.repository.commit({
        message: 'Mend ledger by hand',
        // Long before anybody asked.
        at: 1_767_300_000,
        files: { 'dev/releases/dev/ledger/40-deployment.yaml': 'by: hand\n' },
      });
    const isRead = (position: number) =>
      world.until('it was read', async () => {
        const row = await knex('repositories').first('position');
        return row.position === position;
      });
    const number = await world.approve(ledger);
    const first = edit();
    await isRead(2);
    replica.writer.start();
    await world.stateIs(number, 'outdated', 'moved');
    expect((await world.row(number)).message).toContain(first.slice(0, 10));

    // Asked again, it was there to be seen.
    const again = await world.approve(ledger, {
      replaces_edit_revision: first,
    });
    await world.stateIs(again, 'committed');
    expect(world.commits()).toEqual([again]);
  });

  it('keeps the order of requests for one place, and commits one of them', async () => {
    const numbers = [
      await world.approve(ledger),
      await world.approve({ service: 'ledger', number: 3 }),
    ];
    await world.startRead();
    await world.stateIs(numbers[0], 'committed');
    await world.stateIs(numbers[1], 'outdated', 'moved');
    expect(world.commits()).toEqual([numbers[0]]);
  });

  it('outdates what was replaced in the store, or taken out of it', async () => {
    const replaced = await world.approve(ledger);
    await world.build(ledger, 'replicas: 7\n');
    const gone = await world.approve({ service: 'gateway', number: 2 });
    await world.removeBuild({ service: 'gateway', number: 2 });
    await world.startRead();
    await world.stateIs(replaced, 'outdated', 'artifact-changed');
    await world.stateIs(gone, 'outdated', 'artifact-gone');
    expect(world.commits()).toEqual([]);
  });

  it('does what its judge says right before it writes', async () => {
    let say: RejudgeResult = {
      kind: 'hold',
      code: 'freeze',
      message: 'Nothing is released until Monday',
    };
    await world.startRead({ judge: { rejudge: async () => say } });
    const number = await world.approve(ledger);
    await world.stateIs(number, 'held', 'freeze');
    say = { kind: 'outdate', code: 'blocked', message: 'Not any more' };
    const other = await world.approve({ service: 'gateway', number: 2 });
    await world.stateIs(other, 'outdated', 'blocked');
    // Whoever holds it resumes it; until then it isn't the writer's.
    say = { kind: 'go' };
    await new Promise(resolve => setTimeout(resolve, 200));
    expect((await world.row(number)).state).toBe('held');
    await world.move(number, { type: 'resume', code: 'resumed' });
    await world.stateIs(number, 'committed');
    expect(world.commits()).toEqual([number]);
  });

  it('believes no commit that it didn’t make, whatever it says or copies', async () => {
    await world.startRead({ writes: false });
    const first = await world.approve(ledger);
    const second = await world.approve({ service: 'gateway', number: 2 });
    await world.rival(
      `[dev/gateway] release x by y\n\nRelease-request: REQ-${second}\nAudit-head: 1 ${'a'.repeat(
        64,
      )}\n`,
      [touch('gateway')],
    );
    const writing = await world.start({ reads: false });
    await world.stateIs(second, 'outdated', 'moved');
    await world.stateIs(first, 'committed');
    const third = await world.approve(ledger, { state: 'pending' });
    // Our commit, picked onto another: the same message and tree, another id.
    const message = world.repository.git('log', '-1', '--format=%B', 'master');
    await world.rival(`${message.replace(/REQ-\d+/, `REQ-${third}`)}\n`, [
      touch('ledger'),
    ]);
    await world.until('all was read', async () => {
      const row = await knex('repositories').first('tip');
      return row.tip === world.repository.tip();
    });
    await new Promise(resolve => setTimeout(resolve, 200));
    expect((await world.row(second)).state).toBe('outdated');
    expect((await world.row(third)).state).toBe('pending');
    await writing.stop();
  });
});
