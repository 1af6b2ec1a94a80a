import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { artifactIdOf, TestHistory } from '../../__testUtils__/TestHistory';
import { until } from '../../__testUtils__/until';
import { ChangeHub } from '../../lib/ChangeHub';
import { insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import { FollowService } from './FollowService';

const databases = createTestDatabases();
const START = Date.parse('2026-03-02T12:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

describe.each(databases.eachSupportedId())('FollowService on %s', id => {
  it('follows requests for releases to their ends, one whatever the other does', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    await knex('repositories').insert({
      repository: 'default',
      url_hash: '',
      branch: 'master',
      tip: 'x',
      remote_tip: 'x',
    });
    const history = new TestHistory(knex);
    const clusters = new TestClusters(knex, at(0));
    await clusters.cluster({ name: 'aws-prod-1', environment: 'prod' });
    await clusters.cluster({ name: 'az-prod-1', environment: 'prod' });
    const ask = async (service: string, environment: string) => {
      const position = await history.release({ service, environment });
      const { revision } = await knex('commits').where({ position }).first();
      const number = await insertRequest(knex, {
        service,
        environment,
        artifact_id: artifactIdOf({ service }),
        state: 'committed',
        since: START,
        revision,
        position,
      });
      return { number, position };
    };
    const good = await ask('ledger-api', 'prod');
    const bad = await ask('fx-api', 'prod');
    const alone = await ask('fx-api', 'dev');
    // As if its commit were that release.
    const { revision } = await knex('release_requests')
      .where({ number: alone.number })
      .first();
    const access = await insertAccess(knex, {
      service: 'fx-api',
      environment: 'dev',
      state: 'committed',
      since: START,
      revision,
      position: alone.position,
    });
    const judge = (cluster: string, service: string, position: number) => ({
      cluster,
      environment: 'prod',
      service,
      position,
      row: { running_artifact_id: artifactIdOf({ service }) },
    });
    for (const cluster of ['aws-prod-1', 'az-prod-1']) {
      await clusters.judge({
        ...judge(cluster, 'ledger-api', good.position),
        state: cluster === 'aws-prod-1' ? 'reconciled' : 'rolling-out',
      });
      await clusters.judge({
        ...judge(cluster, 'fx-api', bad.position),
        state: cluster === 'aws-prod-1' ? 'reconciled' : 'failed',
        message: 'Back-off pulling image\n"fx-api"',
      });
    }
    let now = START + 1_000;
    const hub = new ChangeHub({ onError: () => {}, gatherMs: 5 });
    const told: string[] = [];
    hub.subscribe(({ kind }) => {
      told.push(kind);
    });
    const service = new FollowService({
      knex,
      logger: createRecordingLogger(),
      hub,
      repository: 'default',
      environments: ['dev', 'staging', 'prod'],
      failAfterMs: 60_000,
      deadlineMs: 900_000,
      intervalMs: 20,
      now: () => now,
    });
    service.start();
    const read = async ({ number }: { number: number }) =>
      knex('release_requests').where({ number }).first();
    const steps = async ({ number }: { number: number }) =>
      knex('release_request_steps')
        .where({ number })
        .orderBy('step')
        .select('state', 'code', 'cluster');

    await until(async () => (await read(alone)).state === 'succeeded');
    expect(await read(alone)).toMatchObject({ code: 'no-clusters' });
    expect(
      await knex('release_request_clusters')
        .orderBy(['number', 'cluster'])
        .select('number', 'cluster', 'state', 'service_state', 'reason'),
    ).toEqual([
      {
        number: good.number,
        cluster: 'aws-prod-1',
        state: 'running',
        service_state: 'reconciled',
        reason: null,
      },
      {
        number: good.number,
        cluster: 'az-prod-1',
        state: 'arrived',
        service_state: 'rolling-out',
        reason: 'other',
      },
      {
        number: bad.number,
        cluster: 'aws-prod-1',
        state: 'running',
        service_state: 'reconciled',
        reason: null,
      },
      {
        number: bad.number,
        cluster: 'az-prod-1',
        state: 'failed',
        service_state: 'failed',
        reason: 'Back-off pulling image "fx-api"',
      },
    ]);

    now = START + 30_000;
    await knex('cluster_services')
      .where({ service: 'ledger-api' })
      .update({ state: 'reconciled' });
    await hub.publish({ kind: 'cluster-services', services: 'all' });
    await until(async () => (await read(good)).state === 'succeeded');
    expect(await steps(good)).toEqual([
      { state: null, code: 'cluster-running', cluster: 'aws-prod-1' },
      { state: null, code: 'cluster-arrived', cluster: 'az-prod-1' },
      { state: null, code: 'cluster-running', cluster: 'az-prod-1' },
      { state: 'succeeded', code: 'running', cluster: null },
    ]);
    expect(await read(bad)).toMatchObject({ state: 'committed' });

    now = START + 90_000;
    await knex('clusters').update({ observed_at: now });
    await until(async () => (await read(bad)).state === 'failed');
    expect(await read(bad)).toMatchObject({
      code: 'cluster-failed',
      message: 'It fails in az-prod-1: Back-off pulling image "fx-api"',
    });
    expect(
      await knex('audit_entries').orderBy('sequence').pluck('action'),
    ).toEqual(['request.succeeded', 'request.succeeded', 'request.failed']);
    expect(new Set(told)).toEqual(new Set(['cluster-services', 'requests']));

    // What has ended stays as it is, and nothing is written without news.
    const count = told.length;
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(told).toHaveLength(count);
    expect(await steps(bad)).toHaveLength(3);
    expect(await read({ number: access })).toMatchObject({
      state: 'committed',
    });
    expect(await steps({ number: access })).toEqual([]);
    await service.stop();
    hub.close();
  });
});
