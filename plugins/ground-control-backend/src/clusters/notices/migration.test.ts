import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { readCorrectionNotices } from './corrections/correctionRows';
import { readNotices } from './noticeRows';

const migration = require('../../../migrations/20261123050000_more_notices');

const databases = createTestDatabases();
const NOW = Date.parse('2026-03-02T12:00:00.000Z');

describe.each(databases.eachSupportedId())('an upgrade on %s', id => {
  it('keeps what was told, and knows what was corrected before', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    await migration.down(knex);
    const subject = {
      environment: 'prod',
      namespace: 'payments',
      service: 'ledger-api',
    };
    await knex('cluster_notices').insert({
      ...subject,
      repository: 'default',
      kind: 'failed',
      since: NOW,
      clusters: '[]',
      told_at: NOW,
    });
    const clusters = new TestClusters(knex, new Date(NOW).toISOString());
    const corrected: Array<[string, string, number | null]> = [
      ['ledger-api', 'aws', NOW],
      ['ledger-api', 'gcp', NOW + 1],
      ['ledger-api', 'az', null],
      ['card-issuer', 'aws', null],
    ];
    for (const [service, cluster, at] of corrected) {
      await clusters.judge({
        ...subject,
        service,
        cluster,
        position: 1,
        state: 'reconciled',
        row: { drift_corrected_at: at },
      });
    }
    await migration.up(knex);
    expect(await readNotices(knex, 'default')).toEqual([
      { ...subject, kind: 'failed', since: NOW, clusters: [], toldAt: NOW },
    ]);
    expect(await readCorrectionNotices(knex, 'default')).toEqual([
      { ...subject, seen: { aws: NOW, gcp: NOW + 1 } },
    ]);
  });
});
