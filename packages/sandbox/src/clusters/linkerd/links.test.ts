import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendCommits } from '../../git/appendCommits.ts';
import { runGit } from '../../git/runGit.ts';
import { startSandbox } from '../../server/startSandbox.ts';
import type { Sandbox } from '../../server/startSandbox.ts';
import { humanCommit } from '../../simulation/happenings/humanCommit.ts';
import type { KubeObject } from '../types.ts';
import { linkTargets } from './linkTargets.ts';
import { buildClusters } from '../../company/buildClusters.ts';

const END = Date.UTC(2026, 5, 1, 12) / 1000;
const folder = mkdtempSync(join(tmpdir(), 'sandbox-links-'));
const LINKS = '/apis/multicluster.linkerd.io/v1alpha3/links';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    dir: join(folder, 'world'),
    squads: 2,
    services: 12,
    days: 5,
    releases: 40,
    end: END,
    port: 0,
    rate: 0,
    gitToken: 'right',
    embeddedClusters: { poll: 200 },
  });
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function control(name: string, values: object) {
  const response = await fetch(`${sandbox.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  return { status: response.status, ...(await response.json()) };
}

async function ask(cluster: string, path: string, init: RequestInit = {}) {
  const { url, adminToken } = sandbox.clusters.find(c => c.name === cluster)!;
  const response = await fetch(`${url}${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${adminToken}`,
      'content-type': 'application/json',
    },
  });
  return response.json();
}

async function list(cluster: string, path: string): Promise<KubeObject[]> {
  return (await ask(cluster, path)).items;
}

async function linkOf(from: string, to: string) {
  const links = await list(from, LINKS);
  return links.find(({ metadata }) => metadata.name === to);
}

interface Mirrored {
  remoteRef: { name: string };
  conditions: { status: string; reason: string; message: string }[];
}

async function mirrored(from: string, to: string): Promise<Mirrored[]> {
  const link = await linkOf(from, to);
  return link?.status?.mirrorServices as Mirrored[];
}

async function mirroredNames(from: string, to: string): Promise<string[]> {
  const selector = encodeURIComponent(
    `mirror.linkerd.io/mirrored-service=true,mirror.linkerd.io/cluster-name=${to}`,
  );
  const path = `/api/v1/services?labelSelector=${selector}`;
  return (await list(from, path)).map(({ metadata }) => metadata.name).sort();
}

async function until<T>(read: () => Promise<T | undefined | false>) {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const value = await read();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error('It never happened');
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** What a Link's own probe would find. */
async function isAnswering(link: KubeObject): Promise<boolean> {
  const { gatewayAddress, probeSpec } = link.spec as {
    gatewayAddress: string;
    probeSpec: { port: string; path: string };
  };
  const response = await fetch(
    `http://${gatewayAddress}:${probeSpec.port}${probeSpec.path}`,
    { signal: AbortSignal.timeout(1000), headers: { connection: 'close' } },
  ).catch(() => undefined);
  return response?.status === 200;
}

describe('which clusters are linked', () => {
  const all = buildClusters(7, ['dev', 'staging', 'prod']);
  const linked = (from: string) =>
    linkTargets(all.find(({ name }) => name === from)!, all).map(c => c.name);

  it('is a matrix with gaps and with links of one direction alone', () => {
    expect(Object.fromEntries(all.map(c => [c.name, linked(c.name)]))).toEqual({
      'aws-prod-1': ['az-prod-1', 'gcp-prod-1', 'aws-prod-2', 'platform'],
      'az-prod-1': ['aws-prod-1', 'gcp-prod-1', 'platform'],
      'gcp-prod-1': ['aws-prod-1', 'az-prod-1', 'platform'],
      'aws-prod-2': ['aws-prod-1', 'az-prod-1', 'gcp-prod-1', 'platform'],
      'az-stg-1': ['gcp-dev-1', 'platform'],
      'gcp-dev-1': ['az-stg-1', 'platform'],
      platform: [
        'aws-prod-1',
        'az-prod-1',
        'gcp-prod-1',
        'aws-prod-2',
        'az-stg-1',
      ],
    });
  });

  it.each([0, 1, 2, 4, 12])('holds for %i clusters', count => {
    const clusters = buildClusters(count, ['dev', 'prod']);
    for (const cluster of clusters) {
      expect(linkTargets(cluster, clusters)).not.toContain(cluster);
    }
  });
});

describe('links of the embedded clusters', () => {
  it('carry an address that answers', async () => {
    for (const { name } of sandbox.clusters) {
      const links = await list(name, LINKS);
      expect(links.length).toBeGreaterThan(1);
      for (const link of links) {
        expect(await isAnswering(link)).toBe(true);
      }
    }
  });

  it('break and heal, in one direction alone', async () => {
    const ends = { from: 'aws-prod-1', to: 'az-prod-1' };
    const out = (await linkOf('aws-prod-1', 'az-prod-1'))!;
    const back = (await linkOf('az-prod-1', 'aws-prod-1'))!;
    for (const [name, more] of [
      ['link-down', {}],
      ['link-hang', {}],
      ['link-lossy', { share: 1 }],
      ['link-slow', { addMs: 5000 }],
    ] as const) {
      const { status, message } = await control(name, { ...ends, ...more });
      expect([status, message]).toEqual([
        200,
        expect.stringMatching(/now|more/),
      ]);
      expect(await isAnswering(out)).toBe(false);
      expect(await isAnswering(back)).toBe(true);
      const { message: said } = await control('status', {});
      expect(said).toMatch(/^aws-prod-1 to az-prod-1: /m);
      await control('link-heal', ends);
      expect(await isAnswering(out)).toBe(true);
    }
    const { message: said } = await control('status', {});
    expect(said).not.toMatch(/^aws-prod-1 to az-prod-1: /m);
  });

  it('are taken away and made again, with what was mirrored', async () => {
    const ends = { from: 'aws-prod-1', to: 'gcp-prod-1' };
    const before = await mirroredNames('aws-prod-1', 'gcp-prod-1');
    const link = (await linkOf('aws-prod-1', 'gcp-prod-1'))!;
    await control('unlink', ends);
    expect(await linkOf('aws-prod-1', 'gcp-prod-1')).toBeUndefined();
    expect(await mirroredNames('aws-prod-1', 'gcp-prod-1')).toEqual([]);
    expect(await isAnswering(link)).toBe(false);
    expect((await control('link-down', ends)).error).toBe(
      "aws-prod-1 isn't linked with gcp-prod-1",
    );
    await control('link', ends);
    expect(await mirroredNames('aws-prod-1', 'gcp-prod-1')).toEqual(before);
    const anew = (await linkOf('aws-prod-1', 'gcp-prod-1'))!;
    expect(await isAnswering(anew)).toBe(true);
    // A pair that never was one.
    await control('link', { from: 'gcp-dev-1', to: 'az-prod-1' });
    const other = (await linkOf('gcp-dev-1', 'az-prod-1'))!;
    expect(await isAnswering(other)).toBe(true);
    expect((await control('link', ends)).status).toBe(400);
  });

  it('say of each exported Service whether it is mirrored', async () => {
    let failing = 0;
    for (const { name: from } of sandbox.clusters) {
      for (const link of await list(from, LINKS)) {
        const to = link.metadata.name;
        const exported = await list(
          to,
          '/api/v1/services?labelSelector=mirror.linkerd.io/exported%3Dtrue',
        );
        const entries = link.status?.mirrorServices as Mirrored[];
        expect(entries.map(entry => entry.remoteRef.name).sort()).toEqual(
          exported.map(({ metadata }) => metadata.name).sort(),
        );
        const well = entries.filter(e => e.conditions[0].status === 'True');
        expect(await mirroredNames(from, to)).toEqual(
          well.map(({ remoteRef }) => `${remoteRef.name}-${to}`).sort(),
        );
        failing += entries.length - well.length;
      }
    }
    // The one that every world has.
    expect(failing).toBe(1);
  });

  it('follow what the target exports', async () => {
    const path = '/api/v1/namespaces/banking/services';
    await ask('az-prod-1', path, {
      method: 'POST',
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: 'newcomer',
          namespace: 'banking',
          labels: { 'mirror.linkerd.io/exported': 'true' },
        },
        spec: {},
      }),
    });
    const isThere = async () =>
      (await mirroredNames('aws-prod-1', 'az-prod-1')).includes(
        'newcomer-az-prod-1',
      );
    await until(isThere);
    const fault = {
      from: 'aws-prod-1',
      to: 'az-prod-1',
      service: 'newcomer',
    };
    await control('mirror-fault', { ...fault, switch: 'on' });
    expect(await isThere()).toBe(false);
    const entry = (await mirrored('aws-prod-1', 'az-prod-1')).find(
      ({ remoteRef }) => remoteRef.name === 'newcomer',
    );
    expect(entry?.conditions).toMatchObject([
      {
        status: 'False',
        reason: 'Error',
        message: expect.stringContaining('newcomer-az-prod-1'),
      },
    ]);
    await control('mirror-fault', { ...fault, switch: 'off' });
    expect(await isThere()).toBe(true);
    await ask('az-prod-1', `${path}/newcomer`, { method: 'DELETE' });
    await until(async () => !(await isThere()));
  });

  it('are probed by the service mirror, and called', async () => {
    const read = async (what: string) =>
      (await fetch(`${sandbox.url}/metrics/${what}/aws-prod-1`)).text();
    const label = 'target_cluster_name="az-prod-1"';
    expect(await read('service-mirror')).toContain(`gateway_alive{${label}} 0`);
    const alive = await until(async () => {
      const text = await read('service-mirror');
      return text.includes(`gateway_alive{${label}} 1`) && text;
    });
    expect(alive).toContain(
      `gateway_probes{probe_successful="true",${label}} 1\n`,
    );
    expect(await read('traffic')).toMatch(
      /^request_total\{direction="outbound",.*dst_target_cluster="/m,
    );
    const none = await fetch(`${sandbox.url}/metrics/traffic/nowhere`);
    expect(none.status).toBe(404);
  });

  it('trust one root, until a cluster gets its own', async () => {
    const roots = async (cluster: string) => {
      const { data } = await ask(
        cluster,
        '/api/v1/namespaces/linkerd/configmaps/linkerd-identity-trust-roots',
      );
      const bundle = String(data['ca-bundle.crt']);
      return bundle
        .match(/-+BEGIN[^]+?-+END[^\n]+\n/g)!
        .map(pem => new X509Certificate(pem));
    };
    const [shared] = await roots('aws-prod-1');
    expect(shared.ca).toBe(true);
    expect(shared.verify(shared.publicKey)).toBe(true);
    const prints = async (cluster: string) =>
      (await roots(cluster)).map(root => root.fingerprint256);
    expect(await prints('gcp-prod-1')).toEqual([shared.fingerprint256]);
    await control('trust-root', {
      cluster: 'gcp-prod-1',
      days: 20,
      keep: true,
    });
    const [own, kept] = await roots('gcp-prod-1');
    expect(kept.fingerprint256).toBe(shared.fingerprint256);
    expect(own.fingerprint256).not.toBe(shared.fingerprint256);
    const days = (Date.parse(own.validTo) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(20);
    expect(await prints('aws-prod-1')).toEqual([shared.fingerprint256]);
    await control('trust-root', { cluster: 'gcp-prod-1', shared: true });
    expect(await prints('gcp-prod-1')).toEqual([shared.fingerprint256]);
  });

  it.each([
    [
      'link-down',
      { from: 'aws-prod-1', to: 'nowhere' },
      /no cluster "nowhere"/,
    ],
    ['link-down', { from: 'az-stg-1', to: 'aws-prod-1' }, /isn't linked/],
    ['link-lossy', { from: 'aws-prod-1', to: 'az-prod-1', share: 7 }, /0 to 1/],
    ['link-slow', { from: 'aws-prod-1', to: 'az-prod-1' }, /wants addMs/],
    ['link', { from: 'aws-prod-1', to: 'aws-prod-1' }, /itself/],
    ['trust-root', { cluster: 'aws-prod-1', days: 'many' }, /number from/],
    [
      'mirror-fault',
      { from: 'aws-prod-1', to: 'az-prod-1', service: 'x', switch: 'on' },
      /exports no "x"/,
    ],
  ])('refuse %s of %j', async (name, values, message) => {
    const { status, error } = await control(name, values);
    expect(status).toBe(400);
    expect(error).toMatch(message);
  });
});

describe('entries of the gateway', () => {
  const path = 'backbone-gateway/shuttle.yaml';

  it('become Services that are mirrored, soon after they are committed', async () => {
    const { repositoryPath } = sandbox.world;
    const text = await runGit(repositoryPath, ['show', `master:${path}`]);
    const entry =
      '  - hostName: rating-agency\n    dnsName: rating-agency.azurewebsites.net\n    environment: az-prod-1\n    squad: squad-ledger\n';
    const author = { name: 'A', email: 'a@bank.example' };
    const commit = (content: string) =>
      appendCommits(repositoryPath, [
        humanCommit(author, END, 'backbone-gateway: reach rating-agency', [
          { kind: 'file', path, content },
        ]),
      ]);
    await commit(text.replace('targets:\n', `targets:\n${entry}`));
    const isThere = async () =>
      (await mirroredNames('gcp-prod-1', 'az-prod-1')).includes(
        'rating-agency-az-prod-1',
      );
    await until(isThere);
    // What can't be read changes nothing.
    await commit('targets: {');
    await commit(text);
    await until(async () => !(await isThere()));
  });

  it('are not all as declared', async () => {
    const text = await runGit(sandbox.world.repositoryPath, [
      'show',
      `master:${path}`,
    ]);
    const declared = [
      ...text.matchAll(/hostName: (\S+)\n.*\n {4}environment: (\S+)/g),
    ].map(([, host, cluster]) => `${cluster}/${host}`);
    const live = (
      await Promise.all(
        sandbox.clusters.map(async ({ name }) =>
          (
            await list(name, '/api/v1/namespaces/backbone-gateway/services')
          ).flatMap(({ metadata }) =>
            metadata.labels?.['mirror.linkerd.io/exported']
              ? [`${name}/${metadata.name}`]
              : [],
          ),
        ),
      )
    ).flat();
    expect(declared.filter(one => !live.includes(one))).toHaveLength(1);
    expect(live.filter(one => !declared.includes(one))).toEqual([
      expect.stringMatching(/\/legacy-statements$/),
    ]);
  });
});
