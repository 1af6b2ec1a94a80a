import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  decodeLinkMatrix,
  EncodedLinkMatrix,
  LinkPair,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Sandbox, startSandbox } from '@internal/sandbox';
import { Knex } from 'knex';
import { createTestDatabases } from './__testUtils__/databases';
import { until } from './__testUtils__/until';
import groundControl from './index';
import {
  readExported,
  readIngresses,
  readLinkRows,
  readLinkWatch,
  readMirrored,
} from './links/store';

interface KubeObject {
  metadata: { name: string; namespace: string };
  spec: { targetClusterName: string };
  status: {
    conditions: Array<{ status: string }>;
    mirrorServices: Array<{
      remoteRef: { name: string };
      conditions: Array<{ status: string }>;
    }>;
  };
}

describe('What the clusters of a company say of links', () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const stops: Array<() => Promise<void>> = [];
  let sandbox: Sandbox;
  let knex: Knex;
  let url: string;

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
      embeddedClusters: true,
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
              clusterSettings: { absentInterval: '1s' },
              clusters: sandbox.clusters.map(
                ({ name, environment, url: server, tokenFile }) => ({
                  name,
                  environment,
                  url: server,
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
    url = `http://127.0.0.1:${backend.server.port()}/api/ground-control`;
    await until(async () => {
      const watches = await readLinkWatch(knex);
      return (
        watches.length === 7 &&
        watches.every(
          one => one.linksKnown && one.servicesKnown && one.ingressesKnown,
        )
      );
    });
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  async function get<T>(path: string): Promise<T> {
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: mockCredentials.user.header() },
    });
    const body = await response.json();
    expect([path, response.status, body.error]).toEqual([path, 200, undefined]);
    return body;
  }

  async function control(name: string, values: object) {
    const response = await fetch(`${sandbox.url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(values),
    });
    expect([name, response.status, await response.text()]).toEqual([
      name,
      200,
      expect.anything(),
    ]);
  }

  async function list(cluster: string, path: string): Promise<KubeObject[]> {
    const found = sandbox.clusters.find(one => one.name === cluster)!;
    const response = await fetch(`${found.url}${path}`, {
      headers: { authorization: `Bearer ${found.adminToken}` },
    });
    return (await response.json()).items;
  }

  const selected = (cluster: string, selector: string) =>
    list(
      cluster,
      `/api/v1/services?labelSelector=${encodeURIComponent(selector)}`,
    );
  const nameOf = ({ metadata }: KubeObject) =>
    `${metadata.namespace}/${metadata.name}`;
  const matrixNow = async () =>
    decodeLinkMatrix(await get<EncodedLinkMatrix>('/v1/links'));
  const cellOf = async (from: string, to: string) =>
    (await matrixNow()).cells.find(
      cell => cell.from === from && cell.to === to,
    );

  it('is what the clusters have', async () => {
    const wrong: unknown[] = [];
    const pairs: string[] = [];
    let failing = 0;
    await until(
      async () => {
        wrong.length = 0;
        pairs.length = 0;
        failing = 0;
        const same = (what: string, rows: string[], objects: string[]) => {
          if (rows.sort().join() !== objects.sort().join()) {
            wrong.push([what, rows, objects]);
          }
        };
        for (const { name: cluster } of sandbox.clusters) {
          const links = await list(
            cluster,
            '/apis/multicluster.linkerd.io/v1alpha3/links',
          );
          const targets = links.map(one => one.spec.targetClusterName);
          pairs.push(...targets.map(to => `${cluster} ${to}`));
          failing += links
            .flatMap(one => one.status.mirrorServices)
            .filter(one => one.conditions[0].status === 'False').length;
          same(
            `links of ${cluster}`,
            (await readLinkRows(knex, { cluster })).map(row => row.target),
            targets,
          );
          const mirrored = await readMirrored(knex, { cluster });
          same(
            `mirrored in ${cluster}`,
            mirrored
              .filter(row => row.state === 'mirrored')
              .map(row => `${row.namespace}/${row.name}`),
            (
              await selected(cluster, 'mirror.linkerd.io/mirrored-service=true')
            ).map(nameOf),
          );
          same(
            `exported by ${cluster}`,
            (await readExported(knex, { cluster })).map(
              row => `${row.namespace}/${row.service}`,
            ),
            (await selected(cluster, 'mirror.linkerd.io/exported=true')).map(
              nameOf,
            ),
          );
        }
        const rows = await readMirrored(knex);
        return (
          wrong.length === 0 &&
          rows.filter(row => row.state === 'failing').length === failing
        );
      },
      { seen: () => wrong, intervalMs: 100 },
    );
    // The one that every world has.
    expect(failing).toBe(1);
    expect(pairs.length).toBeGreaterThan(20);
    const matrix = await matrixNow();
    expect(matrix.cells.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(
      pairs.sort(),
    );
    expect(matrix.trust).toEqual([]);
  });

  it('has the ways in from outside, and how their certificates are', async () => {
    const expected: string[] = [];
    for (const { name } of sandbox.clusters) {
      const paths = [
        'networking.k8s.io/v1/ingresses',
        'cert-manager.io/v1/certificates',
      ];
      const [ingresses, certificates] = await Promise.all(
        paths.map(path => list(name, `/apis/${path}`)),
      );
      for (const one of ingresses) {
        const { status } = certificates.find(it => nameOf(it) === nameOf(one))!;
        const isReady = status.conditions[0].status === 'True';
        expected.push(
          `${name} ${nameOf(one)} ${isReady ? 'ready' : 'not-ready'}`,
        );
      }
    }
    expect(expected.length).toBeGreaterThan(0);
    await until(async () => {
      const seen = (await readIngresses(knex)).map(
        row => `${row.cluster} ${row.namespace}/${row.name} ${row.certificate}`,
      );
      return seen.sort().join() === expected.sort().join();
    });
    const rows = await readIngresses(knex);
    expect(rows.every(row => row.managedByGateway && row.port)).toBe(true);
  });

  it('loses a link that is taken away, and has it again', async () => {
    const ends = { from: 'aws-prod-1', to: 'az-prod-1' };
    const where = { cluster: ends.from, target: ends.to };
    expect(await cellOf(ends.from, ends.to)).toMatchObject({
      state: 'never-sampled',
    });
    const before = await readMirrored(knex, where);
    expect(before.length).toBeGreaterThan(0);
    await control('unlink', ends);
    await until(async () => (await readLinkRows(knex, where)).length === 0);
    await until(async () => (await readMirrored(knex, where)).length === 0);
    expect(await cellOf(ends.from, ends.to)).toBeUndefined();
    expect(await cellOf(ends.to, ends.from)).toBeDefined();
    await control('link', ends);
    await until(async () => (await cellOf(ends.from, ends.to)) !== undefined);
    await until(
      async () => (await readMirrored(knex, where)).length === before.length,
    );
    expect(await readMirrored(knex, where)).toEqual(before);
  });

  it('says why a service can not be mirrored', async () => {
    const ends = { from: 'az-prod-1', to: 'aws-prod-1' };
    const where = { cluster: ends.from, target: ends.to };
    const one = (await readMirrored(knex, where)).find(
      row => row.state === 'mirrored',
    )!;
    const service = `${one.serviceNamespace}/${one.service}`;
    const shown = async () => {
      const { link } = await get<LinkPair>(`/v1/links/${ends.from}/${ends.to}`);
      return link?.mirrored.find(({ name }) => name === one.name);
    };
    await control('mirror-fault', { ...ends, service, switch: 'on' });
    await until(async () => (await shown())?.state === 'failing');
    expect(await shown()).toMatchObject({
      reason: 'Error',
      message: expect.stringContaining('exceeded quota'),
    });
    await control('mirror-fault', { ...ends, service, switch: 'off' });
    await until(async () => (await shown())?.state === 'mirrored');
  });

  it('says which meshes do not trust each other', async () => {
    const trust = async () => (await matrixNow()).trust;
    await control('trust-root', { cluster: 'gcp-prod-1', days: '20' });
    await until(async () => (await trust()).length > 0);
    for (const notice of await trust()) {
      expect(notice).toMatchObject({ trust: 'different', endsAt: null });
      expect([notice.from, notice.to]).toContain('gcp-prod-1');
    }
    // While a root is replaced both are trusted.
    await control('trust-root', {
      cluster: 'gcp-prod-1',
      days: '20',
      keep: 'true',
    });
    await until(async () => (await trust()).length === 0);
    const { link } = await get<LinkPair>('/v1/links/gcp-prod-1/aws-prod-1');
    expect(link).toMatchObject({
      trust: 'shared',
      fromRoots: [{}, {}],
      toRoots: [expect.objectContaining({ subject: expect.any(String) })],
    });
    await control('trust-root', { cluster: 'gcp-prod-1', shared: 'true' });
  });

  it('stays what it was while a cluster can not be reached', async () => {
    const where = { cluster: 'az-stg-1' };
    const before = await readLinkRows(knex, where);
    await control('cluster-fault', { ...where, fault: 'refuse' });
    await until(
      async () =>
        (await knex('clusters').where(where).first()).connection ===
        'unreachable',
    );
    const heardAt = (await readLinkWatch(knex, where))[0].observedAt;
    await new Promise(resolve => setTimeout(resolve, 1_500));
    expect(await readLinkRows(knex, where)).toEqual(before);
    expect(await readLinkWatch(knex, where)).toMatchObject([
      { linksKnown: true, observedAt: heardAt },
    ]);
    await control('cluster-fault', { ...where, fault: 'none' });
  });

  it('is not known where the cluster does not let us read Links', async () => {
    const where = { cluster: 'az-stg-1' };
    const isKnown = async () =>
      (await readLinkWatch(knex, where))[0].linksKnown;
    const before = await readLinkRows(knex, where);
    await control('cluster-fault', {
      ...where,
      fault: 'forbid',
      kind: 'links',
    });
    await until(async () => !(await isKnown()));
    expect(await readLinkRows(knex, where)).toEqual(before);
    // Nothing but samples would say so now, and there are none.
    expect(await cellOf(where.cluster, before[0].target)).toBeUndefined();
    await control('cluster-fault', { ...where, fault: 'none' });
    await until(isKnown);
    expect(await cellOf(where.cluster, before[0].target)).toBeDefined();
  });
});
