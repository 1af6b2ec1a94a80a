import { execFileSync } from 'node:child_process';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Sandbox, startSandbox } from '@internal/sandbox';
import { Knex } from 'knex';
import { createTestDatabases } from './__testUtils__/databases';
import { until } from './__testUtils__/until';
import groundControl from './index';

jest.setTimeout(120_000);

describe('A whole company with its clusters', () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const stops: Array<() => Promise<void>> = [];
  let sandbox: Sandbox;
  let knex: Knex;

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const countStates = async () =>
    Object.fromEntries(
      (
        await knex('cluster_services')
          .select('state')
          .count('* as n')
          .groupBy('state')
      ).map(row => [row.state, Number(row.n)]),
    );

  beforeAll(async () => {
    sandbox = await startSandbox({
      dir: directory.resolve('world'),
      squads: 3,
      services: 15,
      days: 2,
      releases: 60,
      port: 0,
      rate: 0,
      gitToken: 'token',
      embeddedClusters: { drift: 3_000, retry: 3_000 },
    });
    stops.push(() => sandbox.stop());
    knex = await databases.init('SQLITE_3');
    const backend = await startTestBackend({
      features: [
        groundControl,
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            groundControl: {
              configRepository: {
                url: sandbox.world.repositoryPath,
                mirrorDirectory: directory.resolve('mirrors'),
                pollInterval: { seconds: 1 },
              },
              clusters: sandbox.clusters.map(
                ({ name, environment, url, tokenFile }) => ({
                  name,
                  environment,
                  url,
                  tokenFile,
                }),
              ),
            },
          },
        }),
        catalogServiceMock.factory({ entities: [] }),
      ],
    });
    stops.push(() => backend.stop());
  });

  it('sees every release that runs, in every cluster', async () => {
    await until(
      async () =>
        (await knex('clusters').where({ connection: 'live' })).length === 7,
    );
    const tip = execFileSync(
      'git',
      ['-C', sandbox.world.repositoryPath, 'rev-parse', 'HEAD'],
      { encoding: 'utf8' },
    ).trim();
    await until(async () => (await knex('repositories').first()).tip === tip);
    const [{ n: expected }] = await knex('clusters as c')
      .join('service_environments as e', 'e.environment', 'c.environment')
      .where('e.removed', false)
      .count('* as n');
    await until(async () => {
      const { reconciled = 0, ...others } = await countStates();
      return (
        reconciled === Number(expected) && Object.keys(others).length === 0
      );
    });
    expect(Number(expected)).toBeGreaterThan(15);
    // One that carries no service says last what it is.
    const readClusters = () => knex('clusters').orderBy('ordinal');
    await until(async () =>
      (
        await readClusters()
      ).every(one => one.source_revision === tip && one.containers > 0),
    );
    const clusters = await readClusters();
    for (const cluster of clusters) {
      expect(cluster).toMatchObject({
        identity_state: 'confirmed',
        identity: cluster.cluster,
        kubernetes_version: expect.stringMatching(/^v1\./),
        flux_version: expect.stringMatching(/\d/),
        source_revision: tip,
        source_fault: null,
      });
      expect(cluster.nodes_ready).toBeGreaterThan(0);
      expect(cluster.containers).toBeGreaterThan(0);
    }
    expect(await knex('cluster_recoveries')).toEqual([]);
  });

  it('tells each fault from the others, and that it is over', async () => {
    const control = async (name: string, values: object) => {
      const response = await fetch(`${sandbox.url}/control/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(values),
      });
      expect([name, values, response.status, await response.text()]).toEqual([
        name,
        values,
        200,
        expect.anything(),
      ]);
    };
    const [one] = await knex('cluster_services')
      .where({ environment: 'prod' })
      .orderBy(['cluster', 'service'])
      .limit(1);
    const { cluster, service } = one;
    const becomes = (state: string) =>
      until(async () => {
        const row = await knex('cluster_services')
          .where({ cluster, service })
          .first('*');
        return `${row.state} ${row.reason}` === state;
      });
    await control('drift', { cluster, service });
    await becomes('drifted runs-another-artifact');
    await becomes('reconciled applied');
    await until(async () => {
      const row = await knex('cluster_services')
        .where({ cluster, service })
        .first('*');
      return row.drift_corrected_at !== null;
    });
    await control('suspend', { cluster, kustomization: service });
    await becomes('suspended suspended');
    await control('resume', { cluster, kustomization: service });
    await becomes('reconciled applied');
    await control('crash-pods', { service, where: cluster, now: 'true' });
    await becomes('failed crash-loop');
    await control('heal', { service, where: cluster });
    await becomes('reconciled applied');
    expect(await countStates()).toEqual({ reconciled: expect.any(Number) });
  });
});
