import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { artifactIdOf, TestHistory } from '../../__testUtils__/TestHistory';
import { writeStandings } from '../../clusters/store/writeStandings';
import { readSoak } from './readSoak';

const databases = createTestDatabases();
describe.each(databases.eachSupportedId())('readSoak on %s', id => {
  it('says how well a stay was that is over, as far as clusters told', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const history = new TestHistory(knex);
    const build = { service: 'ledger-api', environment: 'staging' };
    const position = await history.release(build);
    history.position += 60;
    await history.release({ ...build, number: 2 });
    const row = await knex('releases').where({ position }).first('*');
    const [from, to] = [Number(row.released_at), Number(row.replaced_at)];
    const now = to + 60_000;
    const read = () =>
      readSoak(knex, {
        repository: 'default',
        service: { namespace: 'payments', name: 'ledger-api' },
        environment: 'prod',
        environments: ['dev', 'staging', 'prod'],
        artifactId: artifactIdOf(build),
        now,
        wanted: true,
      });
    expect(await read()).toEqual({
      before: 'staging',
      stays: [{ from, to }],
      clusters: [],
      unwatched: true,
    });
    await new TestClusters(knex, new Date(now).toISOString()).cluster({
      name: 'aws',
      environment: 'staging',
      watchedSince: new Date(from).toISOString(),
    });
    const judge = (state: 'reconciled' | 'failed', since: number) =>
      writeStandings(
        knex,
        { repository: 'default', cluster: 'aws', environment: 'staging' },
        [
          [
            'payments/ledger-api',
            { releasePosition: position, state, reason: 'crash-loop', since },
          ],
        ],
        since,
      );
    await judge('reconciled', from + 10_000);
    expect(await read()).toEqual({
      before: 'staging',
      stays: [{ from, to, healthyMs: to - from - 10_000 }],
      clusters: [],
    });
    // It failed until another took its place.
    await judge('failed', from + 60_000);
    expect((await read()).stays).toEqual([{ from, to, healthyMs: 0 }]);
  });

  it('looks at the nearest environment before that the service ever used', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const history = new TestHistory(knex);
    const service = 'ledger-api';
    const read = (environment: string, wanted = true) =>
      readSoak(knex, {
        repository: 'default',
        service: { namespace: 'payments', name: service },
        environment,
        environments: ['dev', 'test', 'staging', 'prod'],
        artifactId: artifactIdOf({ service }),
        now: Date.now(),
        wanted,
      });
    const nowhere = { stays: [], clusters: [] };
    expect(await read('prod')).toEqual({ before: 'staging', ...nowhere });
    await history.release({ service, environment: 'dev' });
    await history.release({ service: 'fx-api', environment: 'test' });
    expect(await read('prod')).toMatchObject({
      before: 'dev',
      stays: [{ from: expect.any(Number) }],
    });
    await history.release({ service, environment: 'test', number: 2 });
    expect(await read('prod')).toEqual({ before: 'test', ...nowhere });
    await history.release({ service, environment: 'test', intent: 'removed' });
    expect(await read('prod')).toMatchObject({ before: 'test' });
    expect(await read('test')).toMatchObject({ before: 'dev' });
    expect(await read('dev')).toEqual(nowhere);
    const asked = jest.spyOn(knex.client, 'query');
    expect(await read('prod', false)).toEqual({
      before: 'staging',
      ...nowhere,
      unread: true,
    });
    expect(asked).not.toHaveBeenCalled();
  });

  it('says how often pods restarted under the release that runs', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const build = { service: 'ledger-api', environment: 'staging' };
    const position = await new TestHistory(knex).release(build);
    const now = Date.now();
    const clusters = new TestClusters(knex, new Date(now).toISOString());
    const place = {
      repository: 'default',
      environment: 'staging',
      namespace: 'payments',
      service: 'ledger-api',
    };
    for (const [cluster, counted] of [
      ['aws', position],
      ['az', position - 1],
    ] as const) {
      await clusters.cluster({ name: cluster, environment: 'staging' });
      await knex('service_restarts').insert({
        ...place,
        cluster,
        release_position: counted,
        restarts: 3,
      });
    }
    const soak = await readSoak(knex, {
      repository: 'default',
      service: { namespace: 'payments', name: 'ledger-api' },
      environment: 'prod',
      environments: ['dev', 'staging', 'prod'],
      artifactId: artifactIdOf(build),
      now,
      wanted: true,
    });
    expect(
      soak.clusters.map(({ cluster, restarts }) => [cluster, restarts]),
    ).toEqual([
      ['aws', 3],
      ['az', undefined],
    ]);
  });

  it('counts the best of releases of one artifact right after another', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const history = new TestHistory(knex);
    const build = { service: 'ledger-api', environment: 'staging' };
    await history.release(build);
    await history.release(build);
    await history.release({ ...build, number: 2 });
    const { stays } = await readSoak(knex, {
      repository: 'default',
      service: { namespace: 'payments', name: 'ledger-api' },
      environment: 'prod',
      environments: ['dev', 'staging', 'prod'],
      artifactId: artifactIdOf(build),
      now: Date.now(),
      wanted: true,
    });
    expect(stays).toHaveLength(1);
    const rows = await knex('releases').orderBy('position');
    expect(stays[0]).toMatchObject({
      from: Number(rows[0].released_at),
      to: Number(rows[1].replaced_at),
    });
  });
});
