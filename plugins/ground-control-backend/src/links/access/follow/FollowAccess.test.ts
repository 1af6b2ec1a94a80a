import { TestDatabaseId } from '@backstage/backend-test-utils';
import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../../__testUtils__/databases';
import { migrate } from '../../../__testUtils__/migrate';
import { TestClusters } from '../../../__testUtils__/TestClusters';
import { revisionOf, TestHistory } from '../../../__testUtils__/TestHistory';
import { until } from '../../../__testUtils__/until';
import { ChangeHub } from '../../../lib/ChangeHub';
import { insertAccess } from '../../../requests/__testUtils__/insertAccess';
import { insertRequest } from '../../../requests/__testUtils__/insertRequest';
import { AccessRow } from '../../../requests/types';
import { DeclaredEntry } from '../../entries/types';
import { writeEntries } from '../../entries/store/writeEntries';
import { readLinkedPairs } from '../../readLinkedPairs';
import { FollowAccess } from './FollowAccess';

const databases = createTestDatabases();
const START = Date.parse('2026-03-02T12:00:00.000Z');
const NAMESPACE = 'backbone-gateway';
const CREDIT: Partial<AccessWish> = {
  kind: 'target',
  name: 'credit',
  cluster: 'east',
  from: ['west'],
  dnsName: 'credit.example',
};
const entry: DeclaredEntry = {
  kind: 'target',
  id: 'target:east/credit',
  name: 'credit',
  namespace: NAMESPACE,
  cluster: 'east',
  dnsName: 'credit.example',
  port: null,
  squad: 'squad-fx',
  line: 2,
};

describe.each(databases.eachSupportedId())('FollowAccess on %s', id => {
  let knex: Knex;
  let hub: ChangeHub;
  let following: FollowAccess;
  let now = START;

  const declare = (position: number, entries: DeclaredEntry[]) =>
    writeEntries(
      knex,
      'default',
      {
        path: 'shuttle.yaml',
        revision: revisionOf(position),
        isReadable: true,
        problems: [],
        entries,
      },
      START,
    );

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    now = START;
    hub = new ChangeHub({ onError: () => {}, gatherMs: 5 });
    const history = new TestHistory(knex);
    for (const title of ['Begin', 'Declare', 'More']) {
      await history.commit({ kind: 'other', title });
    }
    await knex('repositories').insert({
      repository: 'default',
      url_hash: '',
      branch: 'master',
      position: 3,
      tip: revisionOf(3),
      remote_tip: revisionOf(3),
    });
    const clusters = new TestClusters(knex, new Date(START).toISOString());
    for (const name of ['east', 'west']) {
      await clusters.cluster({ name, environment: 'prod' });
      await knex('link_watch').insert({
        cluster: name,
        links_known: true,
        services_known: true,
        ingresses_known: true,
        observed_at: START,
      });
    }
    await knex('cluster_links').insert({
      cluster: 'west',
      target: 'east',
      namespace: 'linkerd-multicluster',
      gateway: '[]',
      observed_at: START,
    });
    await declare(2, [entry]);
    following = new FollowAccess({
      knex,
      logger: createRecordingLogger(),
      hub,
      repository: 'default',
      gateway: { path: 'shuttle.yaml', namespace: NAMESPACE },
      readLinkedPairs,
      deadlineMs: 900_000,
      // What wakes it is to be heard.
      intervalMs: 60_000,
      now: () => now,
    });
  });
  afterEach(async () => {
    await following.stop();
    hub.close();
  });

  const committed = (wish: Partial<AccessWish>, row: Partial<AccessRow> = {}) =>
    insertAccess(
      knex,
      {
        state: 'committed',
        since: START,
        revision: revisionOf(2),
        position: 2,
        ...row,
      },
      { wish: { ...CREDIT, ...wish } },
    );
  const export_ = () =>
    knex('exported_services').insert({
      cluster: 'east',
      namespace: NAMESPACE,
      service: 'credit',
      ports: '[80]',
      external_name: 'credit.example',
      managed_by_gateway: true,
    });
  const mirror = () =>
    knex('mirrored_services').insert({
      cluster: 'west',
      namespace: NAMESPACE,
      name: 'credit-east',
      target: 'east',
      service: 'credit',
      service_namespace: NAMESPACE,
      state: 'mirrored',
    });
  const row = (number: number) =>
    knex('release_requests').where({ number }).first();
  const clustersOf = (number: number) =>
    knex('release_request_clusters')
      .where({ number })
      .select('cluster', 'state', 'service_state', 'reason');
  const becomes = (number: number, state: string) =>
    until(async () => (await clustersOf(number))[0]?.state === state, {
      seen: () => clustersOf(number),
    });
  const ends = (number: number, code: string) =>
    until(async () => (await row(number)).code === code, {
      seen: () => row(number),
    });

  it('follows an entry from its commit until it answers', async () => {
    const number = await committed({});
    const release = await insertRequest(knex, {
      state: 'committed',
      since: START,
      revision: revisionOf(2),
      position: 2,
    });
    following.start();
    await becomes(number, 'waiting');
    expect(await clustersOf(number)).toEqual([
      {
        cluster: 'west',
        state: 'waiting',
        service_state: null,
        reason: "east doesn't export it",
      },
    ]);
    // It wakes itself by what it wrote, and ends with what is mirrored and not measured.
    await measure(knex, 'down');
    await export_();
    await mirror();
    await hub.publish({ kind: 'links' });
    await becomes(number, 'arrived');
    now += 5_000;
    await knex('latency_pairs').update({ state: 'normal', code: 'as-usual' });
    await hub.publish({ kind: 'links' });
    await ends(number, 'answers');
    expect(await row(number)).toMatchObject({ state: 'succeeded' });
    expect(
      await knex('release_request_steps')
        .where({ number })
        .orderBy('step')
        .select('state', 'code', 'cluster'),
    ).toEqual([
      { state: null, code: 'cluster-arrived', cluster: 'west' },
      { state: null, code: 'cluster-running', cluster: 'west' },
      { state: 'succeeded', code: 'answers', cluster: null },
    ]);
    expect(
      await knex('audit_entries').where({ number }).pluck('action'),
    ).toEqual(['request.succeeded']);
    expect((await row(release)).state).toBe('committed');
    expect(await clustersOf(release)).toEqual([]);
  });

  it('says of what is mirrored over a link that nothing measures no more than that', async () => {
    await export_();
    await mirror();
    const number = await committed({});
    following.start();
    await ends(number, 'mirrored-unmeasured');
    expect(await row(number)).toMatchObject({
      state: 'succeeded',
      message:
        'It is mirrored in west. Whether it answers isn’t known, as nothing measures the link from west',
    });
    expect(await clustersOf(number)).toMatchObject([
      { state: 'arrived', reason: 'nothing measures the link' },
    ]);
  });

  it('follows a removal until it is gone', async () => {
    await export_();
    await declare(2, []);
    const number = await committed({ change: 'remove', from: [] });
    following.start();
    await becomes(number, 'waiting');
    await knex('exported_services').delete();
    await hub.publish({ kind: 'links' });
    await ends(number, 'gone');
    expect((await row(number)).state).toBe('succeeded');
  });

  it('runs out of time, and names what is missing', async () => {
    await export_();
    const number = await committed({});
    following.start();
    await becomes(number, 'waiting');
    now = START + 900_000;
    await knex('clusters').update({ observed_at: now });
    await hub.publish({ kind: 'clusters', ofConnection: false });
    await ends(number, 'deadline');
    expect(await row(number)).toMatchObject({
      state: 'failed',
      message: 'In time it did not come to answer. west: not mirrored',
    });
  });

  it('sees that a later commit took the entry out again', async () => {
    await declare(1, []);
    const number = await committed({});
    following.start();
    await becomes(number, 'waiting');
    await declare(3, []);
    await hub.publish({ kind: 'links' });
    await ends(number, 'replaced');
    expect((await row(number)).state).toBe('succeeded');
  });

  it('fails in the end where history lost its commit, and not before that is known', async () => {
    const lost = { revision: 'f'.repeat(40), position: 9 };
    const number = await committed({}, lost);
    await declare(3, []);
    now = START + 900_000;
    following.start();
    await becomes(number, 'waiting');
    expect((await row(number)).state).toBe('committed');
    await knex('release_request_steps').insert({
      number,
      at: START,
      code: 'history-rewritten',
    });
    await hub.publish({ kind: 'requests' });
    await ends(number, 'not-on-branch');
    expect((await row(number)).state).toBe('failed');
  });

  it('ends where nothing is watched that it is about', async () => {
    await knex('clusters').delete();
    const number = await committed({});
    following.start();
    await ends(number, 'no-clusters');
    expect((await row(number)).state).toBe('succeeded');
  });
});

async function measure(knex: Knex, state: string) {
  await knex('latency_sources').insert({
    source: 'probe',
    ordinal: 0,
    label: 'probe',
    interval_ms: 5_000,
    state: 'fresh',
    since: START,
  });
  await knex('latency_clusters').insert({
    cluster: 'west',
    source: 'probe',
    heard_at: START,
  });
  const samples = JSON.stringify([60, 0, [24, 0], [30, 0], null]);
  await knex('latency_pairs').insert({
    from_cluster: 'west',
    to_cluster: 'east',
    source: 'probe',
    probe: 'gateway /ready',
    interval_ms: 5_000,
    loss_at_least: false,
    linked: true,
    state,
    code: 'failing',
    since: START,
    sampled_at: START,
    last_success_at: START,
    window_5m: samples,
    window_1h: samples,
    window_24h: samples,
    window_7d: samples,
    baselines: JSON.stringify([null, null, null]),
  });
}
