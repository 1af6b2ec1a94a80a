import { TestDatabaseId } from '@backstage/backend-test-utils';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { releaseCommit } from '../../gitops/__testUtils__/artifacts';
import { IngestFixture } from '../../gitops/__testUtils__/IngestFixture';
import { startAnew } from '../../gitops/ingest/startAnew';
import { Change, ChangeHub } from '../../lib/ChangeHub';
import { queryReleases, ReleaseRow } from '../../releases/buildRelease';
import { readActivity } from '../../releases/readActivity';
import { readBoard } from '../../releases/readBoard';
import { SquadMarks } from '../../releases/SquadMarks';
import { insertRequest } from '../__testUtils__/insertRequest';
import { WatchService } from './WatchService';

const databases = createTestDatabases();
const SERVICE = { namespace: '', service: 'ledger' };

const inProd = (number: number) =>
  releaseCommit({ environment: 'prod', service: 'ledger', number });

describe.each(databases.eachSupportedId())('WatchService on %s', id => {
  let repository: TestRepository;
  let knex: Knex;
  let fixture: IngestFixture;
  let service: WatchService;
  let changes: Change[];
  /** Of which commit the policies were asked for. */
  const judgedAt: Array<string | undefined> = [];
  /** Done once, in the middle of a round. */
  let meanwhile: (() => Promise<void>) | undefined;

  /** Reads the branch, and waits until all of it was looked at. */
  const read = async () => {
    await fixture.run();
    await knex('repositories').update({ remote_tip: knex.ref('tip') });
    const { position } = await knex('repositories').first('position');
    await until(
      async () =>
        (await knex('release_watch').first())?.looked_position === position,
    );
  };
  const beginAnew = async (identity: { url_hash: string; format: number }) =>
    startAnew({
      knex,
      repository: 'default',
      identity: { ...identity, branch: 'master' },
      transact: work => knex.transaction(work),
      signal: new AbortController().signal,
      onWritten: async () => {},
    });
  const marked = async () =>
    knex('unapproved_releases')
      .orderBy('position')
      .select('position', 'environment', 'service', 'reason');
  const trail = async () =>
    knex('audit_entries').orderBy('sequence').select('action', 'revision');
  /** As the writer does, before it pushes. */
  const own = async (revision: string, decided: boolean) => {
    const number = await insertRequest(knex, { ...SERVICE, state: 'approved' });
    await knex('release_request_commits').insert({
      repository: 'default',
      revision,
      number,
      built_at: 0,
    });
    if (!decided) return;
    await knex('release_request_decisions').insert({
      number,
      decided_by: 'user:default/dee.park',
      decision: 'approve',
      role: 'lead',
      evidence: '',
      decided_at: 0,
    });
  };

  beforeEach(async () => {
    repository = TestRepository.create();
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    fixture = await IngestFixture.create(knex, repository.path);
    changes = [];
    const hub = new ChangeHub({ onError: () => {}, gatherMs: 5 });
    hub.subscribe(change => {
      changes.push(change);
    });
    service = new WatchService({
      knex,
      logger: createRecordingLogger(),
      hub,
      repository: 'default',
      judge: {
        isGuarded: async (_, environment, { at }) => {
          judgedAt.push(at);
          const work = meanwhile;
          meanwhile = undefined;
          await work?.();
          return environment === 'prod';
        },
      },
      openObjects: () => fixture.mirror.objects(),
      intervalMs: 20,
    });
    service.start();
  });

  afterEach(async () => {
    await service.stop();
    await fixture.close();
    repository.remove();
  });

  it('marks what no decision of ours stands behind, and nothing of the past', async () => {
    repository.commit(inProd(1));
    await read();
    const ours = repository.commit(inProd(2));
    await own(ours, true);
    await read();
    expect(await marked()).toEqual([]);

    const { message, files } = inProd(3);
    repository.commit(
      releaseCommit({ environment: 'dev', service: 'ledger', number: 3 }),
      { message, files },
    );
    const forged = repository.commit({
      ...inProd(4),
      message: `${inProd(4).message.trimEnd()}\nRelease-request: REQ-1\n`,
    });
    const undecided = repository.commit(inProd(5));
    await own(undecided, false);
    await read();
    expect(await marked()).toMatchObject([
      {
        position: 4,
        environment: 'prod',
        service: 'ledger',
        reason: expect.stringMatching(/no release request stands behind it/),
      },
      { position: 5, reason: expect.stringMatching(/names REQ-1; but/) },
      { position: 6, reason: expect.stringMatching(/has not the decisions/) },
    ]);
    expect(await trail()).toMatchObject([
      { action: 'release.not-approved-here' },
      { action: 'release.not-approved-here', revision: forged },
      { action: 'release.not-approved-here', revision: undecided },
    ]);
    expect(changes).toContainEqual({
      kind: 'services',
      services: [{ namespace: '', name: 'ledger' }],
    });
  });

  it('goes by the policies before the release, whatever they are since', async () => {
    repository.commit(inProd(1));
    await read();
    const before = repository.tip();
    const { message, files } = inProd(2);
    repository.commit({
      message,
      files: { ...files, 'ground-control.yaml': 'defaults: {}\n' },
    });
    repository.commit({
      message: 'Lower',
      files: { 'ground-control.yaml': '' },
    });
    judgedAt.length = 0;
    await read();
    expect(await marked()).toMatchObject([{ position: 2 }]);
    expect(judgedAt).toEqual([before]);
  });

  it('marks manifests that somebody edited, and the board and its release', async () => {
    repository.commit(inProd(1));
    await read();
    const edited = repository.commit({
      message: 'More memory',
      files: { 'prod/releases/prod/ledger/40-deployment.yaml': 'more: memory' },
    });
    repository.commit({
      message: 'Suspend',
      files: { 'clusters/prod/prod/ledger.yaml': 'suspend: true' },
    });
    // Nobody decides there, and of policies others tell.
    repository.commit({
      message: 'Another environment, and a policy',
      files: {
        'dev/releases/dev/ledger/40-deployment.yaml': 'x: y',
        'policies/ledger.json': '{"service":"ledger"}',
      },
    });
    await read();
    expect(await marked()).toMatchObject([
      {
        position: 2,
        environment: 'prod',
        service: 'ledger',
        reason: expect.stringMatching(
          new RegExp(`edited its manifests by commit ${edited.slice(0, 10)}`),
        ),
      },
      { position: 3 },
    ]);
    const [entry] = await knex('audit_entries').orderBy('sequence');
    expect(entry).toMatchObject({
      action: 'release.not-approved-here',
      revision: edited,
    });
    expect(JSON.parse(entry.details)).toHaveProperty('editedBy');

    await knex('services').insert({
      repository: 'default',
      ...SERVICE,
      squad_source: 'none',
      in_repository: true,
      in_catalog: false,
    });
    const settings = {
      repository: 'default',
      environments: ['dev', 'staging', 'prod'],
      mainBranch: 'master',
      links: [],
      catalogIntervalMs: 0,
    };
    const context = {
      knex,
      repository: 'default',
      services: { kind: 'all' as const },
    };
    const readMarks = async () => {
      const now = new Date();
      const board = await readBoard(context, {
        settings,
        selection: {},
        repository: Promise.resolve({} as RepositoryStatus),
        mayReadClusters: true,
        marks: new SquadMarks({ knex, settings }),
        now,
      });
      const activity = await readActivity(context, {
        settings,
        filter: { limit: 50 },
        mayReadRepository: true,
        now,
      });
      const releases = await queryReleases(knex).orderBy('releases.position');
      return {
        board: board.rows[0].cells[2].notApprovedHere,
        activity: activity.items
          .filter(one => one.services.some(touch => touch.notApprovedHere))
          .map(one => one.position),
        releases: releases.map(
          (row: ReleaseRow) => row.not_approved_reason !== null,
        ),
      };
    };
    expect(await readMarks()).toEqual({
      board: true,
      activity: [3, 2],
      releases: [true],
    });
    // An approved release replaces the folder as a whole.
    await own(repository.commit(inProd(2)), true);
    await read();
    expect(await readMarks()).toEqual({
      board: undefined,
      activity: [3, 2],
      releases: [true, false],
    });
  });

  it('looks anew above the fork of a rewritten history', async () => {
    const base = repository.commit(inProd(1));
    const past = repository.commit(inProd(2));
    await read();
    repository.commit(inProd(3));
    await read();
    expect(await marked()).toMatchObject([{ position: 3 }]);

    // Even what was past when watching began isn't, once it is rewritten.
    repository.reset(base);
    repository.commit(inProd(4), { message: 'nothing', files: { a: '1' } });
    await read();
    expect(await marked()).toMatchObject([{ position: 2 }]);
    expect(await trail()).toHaveLength(2);
    expect(past).not.toBe(base);
  });

  it('tells nothing twice when all is read anew, and keeps where it began', async () => {
    repository.commit(inProd(1));
    await read();
    repository.commit(inProd(2));
    await read();
    const before = await marked();
    expect(before).toHaveLength(1);

    await beginAnew({ url_hash: 'x', format: 2 });
    expect(await marked()).toEqual([]);
    await read();
    expect(await marked()).toEqual(before);
    expect(await trail()).toHaveLength(1);
  });

  it('passes over nothing when the branch is read anew in the middle of it', async () => {
    repository.commit(inProd(1));
    await read();
    repository.commit(inProd(2));
    let isDropped = false;
    meanwhile = async () => {
      await beginAnew({ url_hash: 'x', format: 2 });
      isDropped = true;
    };
    await fixture.run();
    await until(async () => isDropped);
    await read();
    expect(await marked()).toMatchObject([{ position: 2 }]);
  });

  it('begins anew with another branch, whose past needed no decision', async () => {
    repository.commit(inProd(1));
    await read();
    await fixture.close();
    repository.remove();
    repository = TestRepository.create();
    repository.commit(inProd(5), inProd(2));
    await beginAnew({ url_hash: 'y', format: 1 });
    fixture = await IngestFixture.create(knex, repository.path);
    await read();
    expect(await marked()).toEqual([]);
    repository.commit(inProd(3));
    await read();
    expect(await marked()).toMatchObject([{ position: 3 }]);
  });
});
