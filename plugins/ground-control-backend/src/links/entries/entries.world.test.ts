import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  GatewayEntries,
  GatewayEntry,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Sandbox, startSandbox } from '@internal/sandbox';
import { createTestDatabases } from '../../__testUtils__/databases';
import { until } from '../../__testUtils__/until';
import groundControl from '../../index';

const PATH = 'backbone-gateway/shuttle.yaml';

/** What a cluster that has just begun makes in its first seconds. */
const SOON_THERE = ['not-mirrored', 'no-ingress'];

describe('The gateway of a company', () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const stops: Array<() => Promise<void>> = [];
  let sandbox: Sandbox;
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
      probes: true,
    });
    stops.push(() => sandbox.stop());
    const backend = await startTestBackend({
      features: [
        groundControl,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        mockServices.rootConfig.factory({
          data: {
            groundControl: {
              configRepository: {
                url: sandbox.world.repositoryPath,
                mirrorDirectory: directory.resolve('mirrors'),
                pollInterval: { seconds: 1 },
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
            },
          },
        }),
        catalogServiceMock.factory({ entities: [] }),
      ],
    });
    stops.push(() => backend.stop());
    url = `http://127.0.0.1:${backend.server.port()}/api/ground-control`;
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  async function read(): Promise<GatewayEntries> {
    const response = await fetch(`${url}/v1/gateway-entries?squad=all`, {
      headers: { authorization: mockCredentials.user.header() },
    });
    return response.json();
  }
  const find = async (name: string): Promise<GatewayEntry | undefined> =>
    (await read()).entries.find(entry => entry.name === name);

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

  /** Pushes the file as somebody would. */
  function push(change: (text: string) => string) {
    const clone = directory.resolve('clone');
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        stdio: 'pipe',
        env: {
          PATH: process.env.PATH,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_AUTHOR_NAME: 'Ana Ruiz',
          GIT_AUTHOR_EMAIL: 'ana.ruiz@bank.example',
          GIT_COMMITTER_NAME: 'Ana Ruiz',
          GIT_COMMITTER_EMAIL: 'ana.ruiz@bank.example',
        },
      });
    execFileSync('rm', ['-rf', clone]);
    git(
      'clone',
      '--quiet',
      '--depth=1',
      `file://${sandbox.world.repositoryPath}`,
      clone,
    );
    const file = join(clone, PATH);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    git('-C', clone, 'commit', '--quiet', '-am', 'Change what is declared');
    git('-C', clone, 'push', '--quiet', 'origin', 'HEAD:master');
  }

  it('is told as it is: what is odd in every world, and nothing else', async () => {
    const odd: GatewayEntry[] = [];
    await until(async () => {
      odd.length = 0;
      const { entries } = await read();
      odd.push(...entries.filter(({ state }) => state !== 'in-order'));
      return (
        entries.length > 5 &&
        odd.every(({ state }) => state !== 'unknown') &&
        odd.every(({ live }) => !SOON_THERE.includes(live.code ?? '')) &&
        // A real link is slow for a moment now and then.
        odd.every(({ probed }) => probed.code !== 'link-unwell')
      );
    }).catch(error => {
      throw new Error(`${error.message}: ${JSON.stringify(odd, null, 1)}`);
    });
    const { path, problems, entries } = await read();
    expect([path, problems]).toEqual([PATH, []]);
    const codes = odd.map(({ kind, declared, live, turn, squad }) => [
      kind,
      declared.state === 'no' ? declared.code : live.code,
      turn === squad ? 'squad' : turn,
    ]);
    // One service of all that are exported can't be mirrored over one link,
    // which may be one of these.
    expect(
      codes.filter(([, code]) => code !== 'mirrored-in-some').sort(),
    ).toEqual([
      ['ingress', 'certificate-not-ready', 'platform'],
      ['target', 'not-declared', 'platform'],
      ['target', 'not-exported', 'squad'],
    ]);
    const good = entries.find(
      ({ kind, state }) => kind === 'target' && state === 'in-order',
    )!;
    const namespace = 'backbone-gateway';
    expect(good.address).toBe(
      `http://${good.name}-${good.cluster}.${namespace}.svc.cluster.local`,
    );
    // What is called so is really there, in every cluster that is named.
    for (const { from } of good.links) {
      const cluster = sandbox.clusters.find(({ name }) => name === from)!;
      const service = await fetch(
        `${cluster.url}/api/v1/namespaces/${namespace}/services/${good.name}-${good.cluster}`,
        { headers: { authorization: `Bearer ${cluster.adminToken}` } },
      );
      expect(service.status).toBe(200);
    }
  });

  it('follows an entry from its commit until it answers, and its end', async () => {
    const entry = (hostName: string, more: string) =>
      `targets:\n  - hostName: ${hostName}\n    environment: az-prod-1\n    squad: squad-new\n${more}`;
    const remove = (text: string) =>
      text.replace(/ {2}- hostName: new-\w+\n( {4}.*\n)*/g, '');
    push(text =>
      text.replace(
        'targets:\n',
        entry('new-bureau', '    dnsName: new-bureau.azurewebsites.net\n'),
      ),
    );
    await until(async () => (await find('new-bureau'))?.state === 'in-order');
    expect((await read()).entries[0]).toMatchObject({
      name: 'new-bureau',
      line: 2,
      squad: 'squad-new',
    });

    push(text => text.replace('targets:\n', entry('new-fault', '')));
    await until(async () => (await find('new-bureau'))?.line === 5);
    expect((await read()).problems).toEqual([
      {
        line: 2,
        message: expect.stringMatching(/^The key dnsName is missing/),
      },
    ]);
    expect(await find('new-fault')).toBeUndefined();

    push(remove);
    await until(async () => (await find('new-bureau')) === undefined);
    expect((await read()).problems).toEqual([]);
  });

  it('is unwell while a link is down, or a service is not mirrored', async () => {
    const { entries } = await read();
    const { name, cluster, links } = entries.find(
      one => one.kind === 'target' && one.state === 'in-order',
    )!;
    const ends = { from: links[0].from, to: cluster };
    const isUnwell = async (code: string, part: 'live' | 'probed') => {
      const entry = await find(name);
      return (
        entry?.state === 'unwell' &&
        entry.turn === 'platform' &&
        entry[part].code === code
      );
    };
    await control('link-down', ends);
    await until(() => isUnwell('link-unwell', 'probed'));
    await control('link-heal', ends);
    await control('mirror-fault', { ...ends, service: name, switch: 'on' });
    await until(() => isUnwell('mirrored-in-some', 'live'));
    await control('mirror-fault', { ...ends, service: name, switch: 'off' });
    await until(async () => (await find(name))?.live.code === 'mirrored-in');
  });

  it('is not known where the cluster is not heard of', async () => {
    const { entries } = await read();
    const { name, cluster } = entries.find(({ kind }) => kind === 'target')!;
    await control('cluster-fault', { cluster, fault: 'refuse' });
    await until(async () => (await find(name))?.state === 'unknown');
    expect((await find(name))?.live.code).toBe('cluster-not-heard');
    await control('cluster-fault', { cluster, fault: 'none' });
    await until(async () => (await find(name))?.state !== 'unknown');
  });
});
