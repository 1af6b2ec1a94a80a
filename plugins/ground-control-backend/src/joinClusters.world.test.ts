import { execFileSync } from 'node:child_process';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import { Sandbox, startSandbox } from '@internal/sandbox';
import { Knex } from 'knex';
import { createTestDatabases } from './__testUtils__/databases';
import { TEST_LOCATION } from './__testUtils__/entities';
import { formatPages, readGetRoutes } from './__testUtils__/formatPages';
import { Gate } from './__testUtils__/Gate';
import { until } from './__testUtils__/until';
import groundControl from './index';
import { readLinkRows } from './links/store';

describe('A whole company with its clusters', () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const stops: Array<() => Promise<void>> = [];
  let sandbox: Sandbox;
  let knex: Knex;
  let call: (
    path: string,
    body?: object,
  ) => Promise<{ status: number; text: string }>;

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
      embeddedClusters: { drift: 8_000, retry: 3_000 },
    });
    stops.push(() => sandbox.stop());
    knex = await databases.init('SQLITE_3');
    ({ call } = await startBackend({
      configRepository: {
        url: sandbox.world.repositoryPath,
        mirrorDirectory: directory.resolve('mirrors'),
        pollInterval: { seconds: 1 },
        writing: { author: { name: 'Robot', email: 'robot@example.com' } },
      },
    }));
  });

  /** @param throughGate - where a cluster's address leads instead */
  async function startBackend(
    groundControlConfig: JsonObject,
    throughGate = (url: string) => url,
  ) {
    const backend = await startTestBackend({
      features: [
        groundControl,
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            groundControl: {
              requests: { trustedLocations: [TEST_LOCATION] },
              ...groundControlConfig,
              clusters: sandbox.clusters.map(
                ({ name, environment, url, tokenFile }) => ({
                  name,
                  environment,
                  url: throughGate(url),
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
    const root = `http://127.0.0.1:${backend.server.port()}/api/ground-control`;
    return {
      async call(path: string, body?: object) {
        const response = await fetch(`${root}${path}`, {
          method: body ? 'POST' : 'GET',
          headers: {
            authorization: mockCredentials.user.header(),
            'content-type': 'application/json',
          },
          body: body && JSON.stringify(body),
        });
        const text = await response.text();
        return { status: response.status, text };
      },
    };
  }

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
      ).every(one => one.applied_revision === tip && one.containers > 0),
    );
    const clusters = await readClusters();
    for (const cluster of clusters) {
      expect(cluster).toMatchObject({
        identity_state: 'confirmed',
        identity: cluster.cluster,
        kubernetes_version: expect.stringMatching(/^v1\./),
        flux_version: expect.stringMatching(/\d/),
        role: cluster.environment === null ? 'platform' : null,
        source_revision: tip,
        source_fault: null,
        unapplied: 0,
        applied_blocker: null,
      });
      expect(cluster.nodes_ready).toBeGreaterThan(0);
      expect(cluster.containers).toBeGreaterThan(0);
    }
    expect(
      clusters.map(one => [
        one.environment,
        one.routing && JSON.parse(one.routing).annotations[0].value,
      ]),
    ).toEqual(
      clusters.map(({ environment }) => [
        environment,
        environment === 'prod' ? '100' : null,
      ]),
    );
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
    const routingOf = async () =>
      (await knex('clusters').where({ cluster }).first('routing')).routing;
    await control('weight', { cluster, weight: 0 });
    await until(async () => /"value":"0"/.test(await routingOf()));
    await control('weight', { cluster, weight: 100 });
    await until(async () => /"value":"100"/.test(await routingOf()));
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

  it('answers every page without a word to a cluster or a remote', async () => {
    const read = async (path: string) => JSON.parse((await call(path)).text);
    const dev = await knex('releases')
      .where({ environment: 'dev' })
      .orderBy('position', 'desc');
    const newest = dev.find(
      one => dev.filter(other => other.service === one.service).length > 1,
    )!;
    const service = { namespace: newest.namespace, name: newest.service };
    const [to, from] = dev.filter(one => one.service === service.name);
    const asked = await call('/v1/requests', {
      wishes: [
        {
          service,
          environment: 'dev',
          intent: 'rollback',
          position: from.position,
        },
      ],
      idempotencyKey: 'a-rollback-of-the-world',
    });
    expect([asked.status, asked.text]).toEqual([201, expect.anything()]);
    const [{ id: request }] = JSON.parse(asked.text);
    await until(async () => {
      const detail = await read(`/v1/requests/${request}`);
      return detail.request.commit !== undefined;
    });

    // Another replica, which holds no lease: what it does beside answering is
    // to keep a mirror of its own, and that it looks at once an hour.
    await knex.raw(
      `create trigger leases_are_held before insert on leases
       when new.holder not in (select holder from leases)
       begin select raise(ignore); end`,
    );
    const remote = await Gate.start(sandbox.url);
    const clusters = await Gate.start(sandbox.url);
    stops.push(
      () => remote.stop(),
      () => clusters.stop(),
    );
    clusters.shut();
    const login = { username: 'ground-control', password: 'token' };
    const replica = await startBackend(
      {
        configRepository: {
          ...login,
          url: remote.through(sandbox.gitUrl),
          mirrorDirectory: directory.resolve('other-mirrors'),
          pollInterval: { hours: 1 },
          writing: { author: { name: 'Robot', email: 'robot@example.com' } },
        },
        sourceHistory: {
          git: {
            ...login,
            url: remote.through(`${sandbox.url}/git/source/{service}.git`),
            directory: directory.resolve('source-history'),
          },
        },
        artifactStore: { folder: { path: sandbox.world.artifactsPath } },
      },
      url => clusters.through(url),
    );
    const [{ cluster }] = await knex('clusters').whereNotNull('environment');
    await until(async () => (await readLinkRows(knex)).length > 0);
    const [link] = await readLinkRows(knex);
    const { application_commit: commit } = await knex('service_environments')
      .where({ service: service.name, environment: 'dev' })
      .first();
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    const pages = formatPages({
      ...{ service, from, to, commit },
      ...{ cluster, link, request },
    });
    expect(Object.keys(pages).sort()).toEqual(readGetRoutes().sort());
    const [diff] = pages['/v1/services/{namespace}/{service}/diff'];
    await until(
      async () =>
        JSON.parse((await replica.call(diff)).text).files?.length > 0 &&
        remote.open === 0,
    );
    remote.shut();

    for (const page of Object.values(pages).flat()) {
      const { status, text } = await replica.call(page);
      const error = status === 200 ? undefined : text;
      expect([page, status, error]).toEqual([page, 200, undefined]);
      const refused = [remote.refused, clusters.refused];
      expect([page, ...refused]).toEqual([page, 0, 0]);
    }
    // Who does go there is counted.
    for (const gate of [remote, clusters]) {
      await expect(fetch(gate.through())).rejects.toThrow();
      expect(gate.refused).toBe(1);
    }
  });
});
