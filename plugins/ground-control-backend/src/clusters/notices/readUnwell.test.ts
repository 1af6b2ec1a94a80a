import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { revisionOf, TestHistory } from '../../__testUtils__/TestHistory';
import { readUnwell } from './readUnwell';

const databases = createTestDatabases();
const NOW = Date.parse('2026-03-02T12:00:00.000Z');
const MINUTE = 60_000;

describe.each(databases.eachSupportedId())('readUnwell on %s', id => {
  it('tells of nothing in clusters that are silent, or recovering for less than an hour', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const position = await new TestHistory(knex).release({
      service: 'ledger-api',
      environment: 'prod',
    });
    const clusters = new TestClusters(knex, new Date(NOW).toISOString());
    const recoveries: [string, number, number | null][] = [
      ['recovering', NOW - 59 * MINUTE, null],
      ['recovered', NOW - 59 * MINUTE, NOW - 5 * MINUTE],
      ['never-done', NOW - 61 * MINUTE, null],
      // Thrown away again before it was done: the first never ends.
      ['twice', NOW - 50 * MINUTE, null],
      ['twice', NOW - 40 * MINUTE, NOW - 5 * MINUTE],
      ['again', NOW - 50 * MINUTE, NOW - 45 * MINUTE],
      ['again', NOW - 40 * MINUTE, null],
    ];
    for (const name of ['well', 'away', 'silent', 'recovering']) {
      await clusters.cluster({
        name,
        environment: 'prod',
        connection: name === 'away' ? 'unreachable' : 'live',
        ...(name === 'silent' && {
          observedAt: new Date(NOW - 31_000).toISOString(),
        }),
      });
    }
    for (const name of ['recovered', 'never-done', 'twice', 'again']) {
      await clusters.cluster({ name, environment: 'prod' });
    }
    for (const [cluster, startedAt, allReadyAt] of recoveries) {
      await knex('cluster_recoveries').insert({
        cluster,
        started_at: startedAt,
        all_ready_at: allReadyAt,
      });
    }
    for (const { cluster } of await knex('clusters').select('cluster')) {
      await clusters.judge({
        cluster,
        environment: 'prod',
        service: 'ledger-api',
        position,
        state: 'pending',
      });
    }

    const { unwell, unheard } = await readUnwell(knex, 'default', NOW);
    expect([...unheard].sort()).toEqual([
      'again',
      'away',
      'recovering',
      'silent',
    ]);
    expect(unwell.map(one => one.cluster)).toEqual([
      'never-done',
      'recovered',
      'twice',
      'well',
    ]);
  });

  it('says which release it was judged on, and whether that is the current one', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const history = new TestHistory(knex);
    const release = { service: 'ledger-api', environment: 'prod' };
    const older = await history.release(release);
    const current = await history.release({ ...release, number: 2 });
    const clusters = new TestClusters(knex, new Date(NOW).toISOString());
    for (const [cluster, position] of [
      ['aws', older],
      ['gcp', current],
    ] as const) {
      await clusters.cluster({ name: cluster, environment: 'prod' });
      await clusters.judge({ ...release, cluster, position, state: 'failed' });
    }
    const read = async () => {
      const { unwell } = await readUnwell(knex, 'default', NOW);
      return unwell.map(one => [one.cluster, one.release, one.isCurrent]);
    };
    expect(await read()).toEqual([
      ['aws', revisionOf(older), false],
      ['gcp', revisionOf(current), true],
    ]);
    // History was rewritten, and isn't read up to there yet.
    await knex('commits').where({ position: current }).delete();
    expect(await read()).toEqual([
      ['aws', revisionOf(older), false],
      ['gcp', undefined, true],
    ]);
  });
});
