import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { TestClusters } from '../../__testUtils__/TestClusters';
import {
  artifactIdOf,
  revisionOf,
  TestHistory,
} from '../../__testUtils__/TestHistory';
import { writeStandings } from '../../clusters/store/writeStandings';
import { readRollback } from './readRollback';

const databases = createTestDatabases();
describe.each(databases.eachSupportedId())('readRollback on %s', id => {
  it('says what clusters reported, where they were watched', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const history = new TestHistory(knex);
    const build = { service: 'ledger-api', environment: 'prod' };
    const position = await history.release(build);
    history.position += 60;
    await history.release({ ...build, number: 2 });
    const row = await knex('releases').where({ position }).first('*');
    const from = Number(row.released_at);
    const to = Number(row.replaced_at);
    const now = to + 60_000;
    const read = () =>
      readRollback(
        knex,
        'default',
        {
          service: { namespace: 'payments', name: 'ledger-api' },
          environment: 'prod',
          intent: 'rollback',
          rollbackRevision: revisionOf(position),
          artifact: {
            id: artifactIdOf(build),
            service: 'ledger-api',
            namespace: 'payments',
            images: [],
          },
        },
        now,
      );
    expect(await read()).not.toHaveProperty('healthyMs');
    await new TestClusters(knex, new Date(now).toISOString()).cluster({
      name: 'aws',
      environment: 'prod',
      watchedSince: new Date(from).toISOString(),
    });
    expect(await read()).toMatchObject({ from, to, healthyMs: 0 });
    const judge = (state: 'reconciled' | 'failed', since: number) =>
      writeStandings(
        knex,
        { repository: 'default', cluster: 'aws', environment: 'prod' },
        [
          [
            'payments/ledger-api',
            { releasePosition: position, state, reason: 'crash-loop', since },
          ],
        ],
        since,
      );
    await judge('reconciled', from + 10_000);
    expect(await read()).toMatchObject({ healthyMs: to - from - 10_000 });
    await judge('failed', from + 60_000);
    expect(await read()).toMatchObject({ healthyMs: 0 });
  });
});
