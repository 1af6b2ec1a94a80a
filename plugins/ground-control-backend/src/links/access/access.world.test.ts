import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AccessPreview,
  AccessWish,
  EncodedLinkMatrix,
  decodeLinkMatrix,
  GatewayEntries,
  ReleaseRequest,
  ReleaseRequestDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Sandbox, startSandbox } from '@internal/sandbox';
import { Knex } from 'knex';
import { parseAllDocuments } from 'yaml';
import { createTestDatabases } from '../../__testUtils__/databases';
import { located, TEST_LOCATION } from '../../__testUtils__/entities';
import { expectHeads } from '../../__testUtils__/expectHeads';
import { until } from '../../__testUtils__/until';
import groundControl from '../../index';

const PATH = 'backbone-gateway/shuttle.yaml';
const LEADS = 'ground-control.dev/leads';
const SERVICE = 'ground-control.dev/service';

function readEntities(folder: string): Entity[] {
  return readdirSync(folder)
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .flatMap(text => parseAllDocuments(text))
    .map(document => document.toJS() as Entity);
}

describe('Access through the gateway of a company', () => {
  const databases = createTestDatabases();
  const directory = createMockDirectory();
  const stops: Array<() => Promise<void>> = [];
  let sandbox: Sandbox;
  let knex: Knex;
  let entities: Entity[];
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
    knex = await databases.init('SQLITE_3');
    entities = located(readEntities(sandbox.world.catalogPath));
    const backend = await startTestBackend({
      features: [
        groundControl,
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            groundControl: {
              platformEngineers: 'group:default/platform-engineers',
              requests: { trustedLocations: [TEST_LOCATION] },
              configRepository: {
                url: sandbox.world.repositoryPath,
                mirrorDirectory: directory.resolve('mirrors'),
                pollInterval: { seconds: 1 },
                writing: {
                  author: { name: 'Ground Control', email: 'gc@bank.example' },
                },
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
        catalogServiceMock.factory({ entities }),
      ],
    });
    stops.push(() => backend.stop());
    url = `http://127.0.0.1:${backend.server.port()}/api/ground-control`;
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  async function call<T>(
    person: string,
    path: string,
    body?: object,
  ): Promise<T> {
    const response = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: mockCredentials.user.header(person),
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${response.status} ${answer.error?.message}`);
    }
    return answer;
  }

  /** Somebody of a squad, and a lead of it. */
  function findPeople(squad: string) {
    const group = entities.find(
      ({ kind, metadata }) => kind === 'Group' && metadata.name === squad,
    )!;
    const leads = group.metadata.annotations![LEADS].split(/[\s,]+/);
    const engineer = entities
      .filter(({ kind, spec }) => {
        const groups = (spec?.memberOf ?? []) as string[];
        return kind === 'User' && groups.includes(squad);
      })
      .map(({ metadata }) => `user:default/${metadata.name}`)
      .find(ref => !leads.includes(ref));
    return { engineer: engineer!, lead: leads[0] };
  }

  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: sandbox.world.repositoryPath,
      encoding: 'utf8',
    });

  /** Asks, and has a lead of the entry's squad approve. */
  async function askAndApprove(wish: AccessWish, squad: string) {
    const { engineer, lead } = findPeople(squad);
    const asked = await call<ReleaseRequest>(
      engineer,
      '/v1/gateway-entries/requests',
      { wish, reason: 'We need it', idempotencyKey: `${wish.change}-1` },
    );
    expect(asked).toMatchObject({ state: 'pending', access: { path: PATH } });
    const path = `/v1/requests/${asked.id}`;
    const decision = async (person: string) => {
      const { evidence, verdicts } = await call<ReleaseRequestDetail>(
        person,
        path,
      );
      return {
        decision: 'approve',
        evidence,
        accepted: verdicts
          .filter(({ level }) => level === 'warning')
          .map(({ policy, reason }) => ({ policy, reason })),
      };
    };
    await expect(
      call(engineer, `${path}/decision`, await decision(engineer)),
    ).rejects.toThrow(/^403 /);
    await call(lead, `${path}/decision`, await decision(lead));
    let detail!: ReleaseRequestDetail;
    await until(
      async () => {
        detail = await call<ReleaseRequestDetail>(engineer, path);
        return !['pending', 'approved', 'held', 'committed'].includes(
          detail.request.state,
        );
      },
      { seen: () => detail },
    );
    return { engineer, detail };
  }

  it('goes from a form to an address that answers, and back', async () => {
    const reader = 'user:default/reader';
    // A link that is there, between clusters that carry services.
    let pair: { from: string; to: string } | undefined;
    await until(async () => {
      const { cells } = decodeLinkMatrix(
        await call<EncodedLinkMatrix>(reader, '/v1/links'),
      );
      pair = cells.find(
        ({ from, to, state }) =>
          state === 'normal' && from !== 'platform' && to !== 'platform',
      );
      return pair !== undefined;
    });
    const { from, to } = pair!;
    const component = entities.find(
      ({ kind, metadata, spec }) =>
        kind === 'Component' &&
        metadata.annotations?.[SERVICE] !== undefined &&
        String(spec?.owner).includes('squad-'),
    )!;
    const squad = String(component.spec!.owner).replace(/^.*\//, '');
    const ref = component.metadata.annotations![SERVICE].split('/');
    const service = {
      namespace: ref.length > 1 ? ref[0] : '',
      name: ref.at(-1)!,
    };
    await until(async () => {
      const { entries, platformEngineers } = await call<GatewayEntries>(
        reader,
        '/v1/gateway-entries?squad=all',
      );
      expect(platformEngineers).toBe('group:default/platform-engineers');
      return entries.some(
        ({ kind, state }) => kind === 'target' && state === 'in-order',
      );
    });
    const wish: AccessWish = {
      kind: 'target',
      change: 'add',
      service,
      name: 'pension-file',
      cluster: to,
      from: [from],
      dnsName: 'pension-file.bank.example',
      squad,
    };
    const preview = await call<AccessPreview>(
      findPeople(squad).engineer,
      '/v1/gateway-entries/preview',
      { wish },
    );
    expect(preview).toMatchObject({
      ask: { allowed: true },
      address: `http://pension-file-${to}.backbone-gateway.svc.cluster.local`,
      squad: `group:default/${squad}`,
    });

    const added = await askAndApprove(wish, squad);
    expect(added.detail.request).toMatchObject({
      state: 'succeeded',
      code: 'answers',
      clusters: [{ cluster: from, state: 'running' }],
    });
    expect(git('log', '-1', '--format=%B', '--', PATH)).toMatch(
      new RegExp(
        `^Add gateway target pension-file at ${to}\n[^]*Release-request: ${added.detail.request.id}\n[^]*Approved-by: `,
      ),
    );
    // A real link is slow for a moment now and then, and its entry unwell.
    await until(async () => {
      const { entries } = await call<GatewayEntries>(
        reader,
        '/v1/gateway-entries?squad=all',
      );
      const entry = entries.find(({ name }) => name === 'pension-file');
      expect(entry).toMatchObject({ address: preview.address });
      return entry!.state === 'in-order';
    });
    // What code will call is really there.
    const cluster = sandbox.clusters.find(({ name }) => name === from)!;
    const mirrored = () =>
      fetch(
        `${cluster.url}/api/v1/namespaces/backbone-gateway/services/pension-file-${to}`,
        { headers: { authorization: `Bearer ${cluster.adminToken}` } },
      );
    expect((await mirrored()).status).toBe(200);

    const { dnsName, ...place } = wish;
    const removed = await askAndApprove({ ...place, change: 'remove' }, squad);
    expect(removed.detail.request).toMatchObject({
      state: 'succeeded',
      code: 'gone',
    });
    expect((await mirrored()).status).toBe(404);
    expect(git('show', `HEAD:${PATH}`)).not.toContain('pension-file');

    await expectHeads(
      {
        knex,
        repository: { git },
        verify: () => call(reader, '/v1/audit/verification'),
      },
      [added, removed].map(({ detail: { request } }) => ({
        revision: request.commit!.revision,
        entry: {
          action: 'request.approved',
          number: Number(request.id.replace('REQ-', '')),
        },
      })),
    );
  });
});
