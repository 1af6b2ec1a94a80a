import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { insertRequest } from '../../requests/__testUtils__/insertRequest';
import { ServiceWorkload } from '../decide/types';
import { MemoryClusterWatching } from '../__testUtils__/MemoryClusterWatching';
import { pod } from '../__testUtils__/objects';
import { RestartCounter } from './RestartCounter';

const databases = createTestDatabases();
const SCOPE = {
  repository: 'default',
  cluster: 'aws-stg-1',
  environment: 'staging',
};
const SERVICE = 'payments/ledger-api';

describe.each(databases.eachSupportedId())('RestartCounter on %s', id => {
  let knex: Knex;
  let counter: RestartCounter;
  let watching: MemoryClusterWatching;
  let errors: unknown[];
  let told: string[];
  /** The release that runs well. */
  let position: number | undefined;

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    watching = new MemoryClusterWatching();
    errors = [];
    told = [];
    position = 7;
  });
  afterEach(async () => {
    await counter.stop();
    if (errors.length > 0) throw errors[0];
  });

  function start(laterEnvironments = ['prod'], countAgainMs = 20) {
    counter = new RestartCounter({
      knex,
      hub: {
        publish: async change => {
          told.push(change.kind);
        },
      },
      scope: SCOPE,
      laterEnvironments,
      watching,
      wellAt: () => position,
      workloadsOf: service =>
        [
          { namespace: 'payments', selector: `app=${service.split('/')[1]}` },
        ] as ServiceWorkload[],
      transact: work => knex.transaction(work),
      onError: error => errors.push(error),
      lookMs: 10,
      countAgainMs,
    });
    counter.start();
  }

  const restarting = (times: number) => {
    const one = pod({ ready: true });
    one.status.containerStatuses[0].restartCount = times;
    return one;
  };
  const read = async () => {
    const rows = await knex('service_restarts').where(SCOPE);
    return rows.map(
      row =>
        `${row.namespace}/${row.service} ${row.release_position} ${row.restarts}`,
    );
  };
  const have = async (...rows: string[]) =>
    until(async () => String(await read()) === String(rows));

  it('counts while a release to a later environment waits for a decision', async () => {
    const other = { ...SCOPE, cluster: 'az-stg-1' };
    await knex('service_restarts').insert({
      ...other,
      namespace: 'payments',
      service: 'ledger-api',
      release_position: 1,
      restarts: 9,
    });
    await insertRequest(knex, { service: 'fx-api', state: 'approved' });
    await insertRequest(knex, { service: 'card-api', environment: 'staging' });
    const number = await insertRequest(knex);
    await insertRequest(knex);
    watching.pods = [restarting(2), restarting(1)];
    start();
    await have(`${SERVICE} 7 3`);
    expect(new Set(watching.lists)).toEqual(
      new Set(['payments app=ledger-api']),
    );
    watching.pods.push(restarting(1));
    await have(`${SERVICE} 7 4`);
    position = 8;
    await have(`${SERVICE} 8 4`);
    const rounds = () => {
      const { length } = watching.lists;
      return until(() => watching.lists.length > length + 1);
    };
    // What was written last is told by then.
    await rounds();
    const { length } = told;
    await rounds();
    expect(told).toHaveLength(length);
    expect(new Set(told)).toEqual(new Set(['cluster-services']));
    // Another waits for the same yet.
    await knex('release_requests')
      .where({ number })
      .update({ state: 'rejected' });
    await have(`${SERVICE} 8 4`);
    await knex('release_requests').update({ state: 'rejected' });
    await have();
    expect(await knex('service_restarts').where(other)).toHaveLength(1);
  });

  it('knows nothing of what does not run well, or may not be read', async () => {
    await insertRequest(knex);
    position = undefined;
    start();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(watching.lists).toEqual([]);
    position = 7;
    await have(`${SERVICE} 7 0`);
    watching.list = async () => {
      throw new Error('403');
    };
    await have();
    await until(() => told.length === 2);
  });

  it('does not say a part for the whole', async () => {
    await insertRequest(knex);
    watching.pods = Array.from({ length: 200 }, () => restarting(1));
    start();
    await until(() => watching.lists.length > 1);
    expect(await read()).toEqual([]);
  });

  it('goes on from what was written before, and asks seldom', async () => {
    await knex('service_restarts').insert({
      ...SCOPE,
      namespace: 'payments',
      service: 'gone-api',
      release_position: 1,
      restarts: 9,
    });
    await insertRequest(knex);
    start(['prod'], 60_000);
    await have(`${SERVICE} 7 0`);
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(watching.lists).toHaveLength(1);
    position = 8;
    await have(`${SERVICE} 8 0`);
  });

  it('asks nothing of the last environment', async () => {
    const asked = jest.spyOn(knex.client, 'query');
    start([]);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(asked).not.toHaveBeenCalled();
  });
});
