import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import {
  LinkCall,
  LinkCalls,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Sandbox, startSandbox } from '@internal/sandbox';
import { parseAllDocuments } from 'yaml';
import { createTestDatabases } from '../../__testUtils__/databases';
import { until } from '../../__testUtils__/until';
import groundControl from '../../index';

jest.setTimeout(240_000);

/** As the catalog gives them: with relations of what their `spec` says. */
function readEntities(folder: string): Entity[] {
  return readdirSync(folder)
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .flatMap(text => parseAllDocuments(text).map(one => one.toJS()))
    .map(entity => {
      const {
        dependsOn = [],
        consumesApis = [],
        providesApis = [],
      } = entity.spec;
      const relate = (type: string, refs: string[]) =>
        refs.map(targetRef => ({ type, targetRef }));
      return {
        ...entity,
        metadata: { namespace: 'default', ...entity.metadata },
        relations: [
          ...relate('ownedBy', [entity.spec.owner].filter(Boolean)),
          ...relate('dependsOn', dependsOn),
          ...relate('consumesApi', consumesApis),
          ...relate('providesApi', providesApis),
        ],
      };
    });
}

describe('The calls of a company', () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const stops: Array<() => Promise<void>> = [];
  const sent: NotificationSendOptions[] = [];
  let sandbox: Sandbox;
  let url: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      dir: directory.resolve('world'),
      squads: 3,
      services: 60,
      days: 2,
      releases: 150,
      port: 0,
      rate: 0,
      gitToken: 'token',
      embeddedClusters: true,
      probes: true,
    });
    stops.push(() => sandbox.stop());
    const backend = await startTestBackend({
      features: [
        groundControl,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            send: async (options: NotificationSendOptions) => {
              sent.push(options);
            },
          }),
        }),
        mockServices.rootConfig.factory({
          data: {
            groundControl: {
              configRepository: {
                url: sandbox.world.repositoryPath,
                mirrorDirectory: directory.resolve('mirrors'),
              },
              clusters: sandbox.clusters.map(
                ({ name, environment, url: server, tokenFile }) => ({
                  name,
                  environment,
                  url: server,
                  tokenFile,
                }),
              ),
              latency: {
                sources: sandbox.probes.map(({ cluster, metricsUrl }) => ({
                  type: 'scrape',
                  cluster,
                  url: metricsUrl,
                  interval: '1s',
                })),
              },
              linkTraffic: sandbox.clusters.map(({ name }) => ({
                type: 'scrape',
                cluster: name,
                url: `${sandbox.url}/metrics/traffic/${name}`,
                interval: '2s',
              })),
            },
          },
        }),
        catalogServiceMock.factory({
          entities: readEntities(sandbox.world.catalogPath),
        }),
      ],
    });
    stops.push(() => backend.stop());
    url = `http://127.0.0.1:${backend.server.port()}/api/ground-control`;
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  async function read(query = ''): Promise<LinkCalls> {
    const response = await fetch(`${url}/v1/link-calls?squad=all${query}`, {
      headers: { authorization: mockCredentials.user.header() },
    });
    return response.json();
  }

  async function control(name: string, values: object) {
    const response = await fetch(`${sandbox.url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(values),
    });
    expect([name, response.status]).toEqual([name, 200]);
  }

  it('are known by all three sources, and told of when their link breaks', async () => {
    let calls: LinkCall[] = [];
    const isFrom = (source: string) => (call: LinkCall) =>
      call.sources.includes(source as 'catalog');
    await until(
      async () => {
        ({ calls } = await read());
        return (
          ['catalog', 'entry', 'traffic'].every(one =>
            calls.some(isFrom(one)),
          ) && calls.every(({ state }) => state !== 'never-sampled')
        );
      },
      { seen: () => calls, intervalMs: 200 },
    );
    expect((await read()).trafficMissing).toBeNull();
    const counted = calls.find(
      call =>
        call.squad !== null &&
        call.caller !== null &&
        call.callee !== null &&
        call.state === 'normal' &&
        isFrom('traffic')(call),
    )!;
    expect(counted).toMatchObject({
      affected: false,
      traffic: { requestsPerSecond: expect.any(Number) },
    });
    const { from, to, squad } = counted;
    const ofLink = () => read(`&from=${from}&to=${to}`);

    const brokenAt = Date.now();
    await control('link-down', { from, to });
    const isDown = ({ state, affected }: LinkCall) =>
      state === 'down' && affected;
    await until(async () => (await ofLink()).calls.some(isDown));
    const seenAfter = Date.now() - brokenAt;
    expect((await ofLink()).bad).toBeGreaterThan(0);
    const isTold = ({ recipients, payload }: NotificationSendOptions) =>
      recipients.type === 'entity' &&
      recipients.entityRef === squad &&
      payload.description?.includes(`${from} → ${to}: down since`);
    await until(() => sent.some(isTold));
    const toldAfter = Date.now() - brokenAt;
    // Told once, however long it lasts.
    const isOfLinks = (one: NotificationSendOptions) =>
      one.payload.topic === 'link.affects-you' && isTold(one);
    const before = sent.filter(isOfLinks).length;
    await new Promise(resolve => setTimeout(resolve, 5_000));
    expect(sent.filter(isOfLinks)).toHaveLength(before);
    expect(before).toBe(1);
    expect([seenAfter, toldAfter].every(ms => ms < 60_000)).toBe(true);

    await control('link-heal', { from, to });
    // Its lost probes make it high for as long as they count.
    await until(async () => !(await ofLink()).calls.some(isDown));
  });
});
