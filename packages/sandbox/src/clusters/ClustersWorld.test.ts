import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { appendCommits, readTip } from '../git/appendCommits.ts';
import { runGit } from '../git/runGit.ts';
import { startSandbox } from '../server/startSandbox.ts';
import type { Sandbox } from '../server/startSandbox.ts';
import { humanCommit } from '../simulation/happenings/humanCommit.ts';
import type { Condition } from './lib/conditions.ts';
import type { KubeObject } from './types.ts';

const END = Date.UTC(2026, 5, 1, 12) / 1000;
const KUSTOMIZATIONS = 'kustomize.toolkit.fluxcd.io/v1';
const folder = mkdtempSync(join(tmpdir(), 'sandbox-clusters-'));
const dir = join(folder, 'world');
const options = {
  dir,
  squads: 2,
  services: 12,
  clusters: 5,
  days: 10,
  releases: 60,
  end: END,
  port: 0,
  rate: 0,
  gitToken: 'right',
  alertSecret: 'shared',
  embeddedClusters: {
    fetch: [10, 40],
    stagger: [20, 120],
    apply: [10, 40],
    podStart: [40, 120],
    poll: 200,
    dependency: 30,
    retry: 300,
    drift: 2_000,
    healthTimeout: 900,
  } as const,
};
const PROD = ['aws-prod-1', 'az-prod-1'];

let sandbox: Sandbox;
let receiver: Server;
const alerts: { path: string; signature: string; body: string }[] = [];

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    const signature = String(request.headers['x-signature']);
    alerts.push({ path: request.url ?? '', signature, body });
    response.writeHead(202).end();
  });
  await new Promise<void>(resolve => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  const { port } = receiver.address() as AddressInfo;
  sandbox = await startSandbox({
    ...options,
    alertUrl: `http://127.0.0.1:${port}/alerts/{cluster}`,
  });
});

afterAll(async () => {
  await sandbox.stop();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

function addressOf(cluster: string) {
  return sandbox.clusters.find(({ name }) => name === cluster)!;
}

async function read(cluster: string, path: string): Promise<KubeObject> {
  const { url, token } = addressOf(cluster);
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) {
    throw new Error(`${path} was answered with ${response.status}`);
  }
  return (await response.json()) as KubeObject;
}

async function list(cluster: string, path: string): Promise<KubeObject[]> {
  return (await read(cluster, path)).items as KubeObject[];
}

function kustomization(cluster: string, key: string): Promise<KubeObject> {
  const [namespace, name] = key.split('/');
  return read(
    cluster,
    `/apis/${KUSTOMIZATIONS}/namespaces/${namespace}/kustomizations/${name}`,
  );
}

function ledger(cluster: string): Promise<KubeObject> {
  return kustomization(cluster, 'banking/ledger-api');
}

/** All that becomes of its Kustomization from now on; who asks now and then may miss some. */
async function watchLedger(cluster: string) {
  const { url, token } = addressOf(cluster);
  const path = `/apis/${KUSTOMIZATIONS}/namespaces/banking/kustomizations`;
  const { metadata } = await read(cluster, path);
  const ended = new AbortController();
  const { body } = await fetch(
    `${url}${path}?watch=true&resourceVersion=${metadata.resourceVersion}`,
    {
      headers: { authorization: `Bearer ${token}` },
      signal: ended.signal,
    },
  );
  const objects: KubeObject[] = [];
  const follow = async () => {
    for await (const line of createInterface(Readable.fromWeb(body as never))) {
      const { object } = JSON.parse(line);
      if (object.metadata.name === 'ledger-api') objects.push(object);
    }
  };
  follow().catch(error => {
    if (!ended.signal.aborted) throw error;
  });
  return { objects, stop: () => ended.abort() };
}

function deployment(cluster: string): Promise<KubeObject> {
  return read(
    cluster,
    '/apis/apps/v1/namespaces/banking/deployments/ledger-api',
  );
}

function condition(object: KubeObject, type: string): Condition | undefined {
  const conditions = (object.status?.conditions ?? []) as Condition[];
  return conditions.find(one => one.type === type);
}

function isReadyAt(object: KubeObject, tip: string): boolean {
  return (
    condition(object, 'Ready')?.status === 'True' &&
    object.status?.lastAppliedRevision === `master@sha1:${tip}`
  );
}

async function until<T>(
  ask: () => Promise<T>,
  isEnough: (value: T) => boolean,
  within = 90_000,
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const value = await ask();
    if (isEnough(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`It never happened: ${JSON.stringify(value, null, 1)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 15));
  }
}

async function control(name: string, values: object = {}) {
  const response = await fetch(`${sandbox.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.error);
  }
  return body;
}

async function releaseLedger(environment = 'prod') {
  await control('build', { service: 'ledger-api' });
  return control('release', { service: 'ledger-api', environment });
}

async function commit(path: string, content: string): Promise<string> {
  const tip = await appendCommits(sandbox.world.repositoryPath, [
    humanCommit({ name: 'A', email: 'a@bank.example' }, END, path, [
      { kind: 'file', path, content },
    ]),
  ]);
  return tip!;
}

async function mishapsOf(cluster: string): Promise<string[]> {
  const { clusters } = await control('status');
  return clusters.find((one: { name: string }) => one.name === cluster).mishaps;
}

async function eventsOf(cluster: string, name: string): Promise<KubeObject[]> {
  const events = await list(cluster, '/api/v1/events');
  return events.filter(
    event => (event.involvedObject as { name: string }).name === name,
  );
}

async function podsOf(cluster: string): Promise<KubeObject[]> {
  const pods = await list(cluster, '/api/v1/namespaces/banking/pods');
  return pods.filter(pod => pod.metadata.labels?.app === 'ledger-api');
}

describe('the clusters of the world', () => {
  it('are complete at the tip as soon as the sandbox has started', async () => {
    const tip = await readTip(sandbox.world.repositoryPath);
    expect(sandbox.clusters.map(({ name }) => name)).toEqual([
      ...PROD,
      'gcp-stg-1',
      'aws-dev-1',
      'platform',
    ]);
    const uids = new Set<string>();
    for (const { name, environment } of sandbox.clusters) {
      const found = await list(name, `/apis/${KUSTOMIZATIONS}/kustomizations`);
      expect(found.map(({ metadata }) => metadata.name)).toEqual(
        expect.arrayContaining(['flux-system', 'infrastructure']),
      );
      found.forEach(object => expect(isReadyAt(object, tip!)).toBe(true));
      const source = await read(
        name,
        '/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/k8s-cluster-config',
      );
      expect(source.status?.artifact).toMatchObject({
        revision: `master@sha1:${tip}`,
      });
      const identity = await read(
        name,
        '/api/v1/namespaces/flux-system/configmaps/cluster-identity',
      );
      expect(identity.data).toEqual({ clusterName: name });
      const system = await read(name, '/api/v1/namespaces/kube-system');
      uids.add(system.metadata.uid!);
      const flux = await list(
        name,
        '/apis/apps/v1/namespaces/flux-system/deployments',
      );
      expect(flux[0].metadata.labels).toMatchObject({
        'app.kubernetes.io/part-of': 'flux',
        'app.kubernetes.io/version': expect.stringMatching(/^v2\./),
      });
      expect(found.length > 5).toBe(environment !== 'platform');
    }
    expect(uids.size).toBe(sandbox.clusters.length);
  });

  it('run what the manifests say, with labels of their owner', async () => {
    const path = 'prod/releases/banking/ledger-api/artifact.json';
    const { repositoryPath } = sandbox.world;
    const text = await runGit(repositoryPath, ['show', `master:${path}`]);
    const object = await deployment('az-prod-1');
    expect(object.metadata).toMatchObject({
      annotations: { 'lunarway.com/artifact-id': JSON.parse(text).id },
      labels: {
        'kustomize.toolkit.fluxcd.io/name': 'ledger-api',
        'kustomize.toolkit.fluxcd.io/namespace': 'banking',
      },
    });
    const replicas = Number(object.spec?.replicas);
    expect(object.status).toMatchObject({
      observedGeneration: object.metadata.generation,
      readyReplicas: replicas,
      updatedReplicas: replicas,
    });
    const pods = await podsOf('az-prod-1');
    expect(pods).toHaveLength(replicas);
    expect(pods[0].status).toMatchObject({
      phase: 'Running',
      containerStatuses: [{ ready: true, restartCount: 0 }],
    });
    const { status } = await ledger('az-prod-1');
    expect(status?.inventory).toMatchObject({
      entries: expect.arrayContaining([
        { id: 'banking_ledger-api_apps_Deployment', v: 'v1' },
        { id: 'banking_ledger-api__Secret', v: 'v1' },
      ]),
    });
    // A Secret is named there, and never held: not even for an administrator.
    const { url, adminToken } = addressOf('az-prod-1');
    const secrets = await fetch(`${url}/api/v1/secrets`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    expect((await secrets.json()).items).toEqual([]);
  });

  it('ask for traffic in production, each by an object that all of it has', async () => {
    const weights = async (cluster: string) =>
      (await list(cluster, '/apis/routing.lunar.tech/v1alpha1/routingweights'))
        .map(({ spec }) => spec as Record<string, any>)
        .map(
          ({ clusterName, annotations, dryRun }) =>
            `${clusterName} ${annotations[0].value}${dryRun ? ' tried' : ''}`,
        )
        .sort();
    const production = sandbox.clusters
      .filter(({ environment }) => environment === 'prod')
      .map(({ name }) => name)
      .sort();
    const [first, second] = production;
    const all = production.map(name => `${name} 100`);
    expect(await weights(first)).toEqual(all);
    expect(await weights(second)).toEqual(all);
    expect(await weights('platform')).toEqual([]);
    await control('weight', { cluster: first, weight: 0, 'dry-run': true });
    expect(await weights(first)).toContain(`${first} 0 tried`);
    expect(await weights(second)).toEqual(all);
    await control('weight', { cluster: first, weight: 100 });
    expect(await weights(first)).toEqual(all);
  });

  it('are linked, and mirror what others export', async () => {
    const links = await list(
      'aws-prod-1',
      '/apis/multicluster.linkerd.io/v1alpha3/links',
    );
    expect(links.map(({ metadata }) => metadata.name).sort()).toEqual([
      'az-prod-1',
      'platform',
    ]);
    const services = await list('aws-prod-1', '/api/v1/services');
    expect(
      services.filter(
        ({ metadata }) =>
          metadata.labels?.['mirror.linkerd.io/mirrored-gateway'],
      ),
    ).toHaveLength(2);
  });

  it('have tokens of their own, for their owner alone', async () => {
    const tokens = sandbox.clusters.map(({ token }) => token);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const { token, tokenFile } of sandbox.clusters) {
      expect(readFileSync(tokenFile, 'utf8').trim()).toBe(token);
      expect(statSync(tokenFile).mode % 0o1000).toBe(0o600);
    }
    const path = join(dir, 'clusters', 'kubeconfig');
    expect(statSync(path).mode % 0o1000).toBe(0o600);
    const kubeconfig = JSON.parse(readFileSync(path, 'utf8'));
    const server = new URL(kubeconfig.clusters[0].cluster.server);
    expect(server.password).toBe(tokens[0]);
    const asKubectl = (password: string) =>
      fetch(`${sandbox.url}${server.pathname}/api/v1/nodes?limit=1`, {
        headers: {
          authorization: `Basic ${Buffer.from(`kubectl:${password}`).toString(
            'base64',
          )}`,
        },
      });
    const answered = await asKubectl(server.password);
    expect(await answered.json()).toMatchObject({ items: [{ spec: {} }] });
    expect((await asKubectl(tokens[1])).status).toBe(401);
    const other = await fetch(`${sandbox.clusters[0].url}/api/v1/nodes`, {
      headers: { authorization: `Bearer ${tokens[1]}` },
    });
    expect(other.status).toBe(401);
  });

  it('bring a release from pending over rolling out to ready', async () => {
    const before = await ledger('aws-prod-1');
    const watches = await Promise.all(PROD.map(watchLedger));
    const { commit: tip, artifactId } = await releaseLedger();
    for (const cluster of PROD) {
      await until(
        () => ledger(cluster),
        object => isReadyAt(object, tip),
      );
    }
    const describe = (object: KubeObject) => {
      const { lastAppliedRevision, lastAttemptedRevision } =
        object.status as Record<string, string>;
      const isOld = lastAppliedRevision === before.status?.lastAppliedRevision;
      const tried = lastAttemptedRevision === `master@sha1:${tip}`;
      const { reason, message } = condition(object, 'Ready')!;
      const words = message.split(' ').slice(0, 2).join(' ');
      return `${isOld ? 'old' : 'new'} ${tried} ${reason} ${words}`;
    };
    expect(describe(before)).toBe(
      'old false ReconciliationSucceeded Applied revision:',
    );
    for (const watch of watches) {
      const ready = 'new true ReconciliationSucceeded Applied revision:';
      const seen = () => watch.objects.map(describe);
      await until(
        async () => seen(),
        states => states.includes(ready),
      );
      watch.stop();
      expect(seen()).toEqual(
        expect.arrayContaining(['old true Progressing Running health', ready]),
      );
      expect(seen().at(-1)).toBe(ready);
    }
    for (const cluster of PROD) {
      const object = await deployment(cluster);
      expect(object.metadata.annotations).toMatchObject({
        'lunarway.com/artifact-id': artifactId,
      });
      expect(object.status?.updatedReplicas).toBe(object.spec?.replicas);
      const pods = await podsOf(cluster);
      expect(pods).toHaveLength(Number(object.spec?.replicas));
      const { containers } = pods[0].spec as {
        containers: { image: string }[];
      };
      expect(containers[0].image).toContain(artifactId);
      const events = await eventsOf(cluster, 'ledger-api');
      expect(events.map(({ message }) => message)).toContainEqual(
        expect.stringContaining('Deployment/banking/ledger-api configured'),
      );
    }
    // The others moved with the commit, and nothing of theirs was changed.
    const other = await until(
      () => kustomization('aws-dev-1', 'banking/ledger-api'),
      object => isReadyAt(object, tip),
    );
    expect(other.status?.history).toHaveLength(1);
  });
});

describe('mishaps', () => {
  it('crash-pods fails the next rollout, and heal ends it', async () => {
    await control('crash-pods', { service: 'ledger-api', where: 'az-prod-1' });
    const before = await ledger('az-prod-1');
    const { commit: tip } = await releaseLedger();
    await until(
      () => ledger('aws-prod-1'),
      object => isReadyAt(object, tip),
    );
    const failed = await until(
      () => ledger('az-prod-1'),
      object => condition(object, 'Ready')?.reason === 'HealthCheckFailed',
    );
    expect(condition(failed, 'Ready')?.message).toContain(
      "Deployment/banking/ledger-api status: 'InProgress'",
    );
    expect(failed.status?.lastAppliedRevision).toBe(
      before.status?.lastAppliedRevision,
    );
    expect(failed.status?.lastAttemptedRevision).toBe(`master@sha1:${tip}`);
    const crashing = (await podsOf('az-prod-1')).filter(
      pod => condition(pod, 'Ready')?.status === 'False',
    );
    expect(crashing[0].status).toMatchObject({
      containerStatuses: [
        { ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } } },
      ],
    });
    // What ran before goes on running.
    const { status, spec } = await deployment('az-prod-1');
    expect(status?.readyReplicas).toBe(spec?.replicas);
    expect(await mishapsOf('az-prod-1')).toEqual([
      'crash of Deployment/banking/ledger-api',
    ]);
    const failure = await until(
      async () => alerts.find(({ body }) => body.includes('HealthCheckFailed')),
      Boolean,
    );
    expect(failure!.path).toBe('/alerts/az-prod-1');
    expect(failure!.signature).toBe(
      `sha256=${createHmac('sha256', 'shared-az-prod-1')
        .update(failure!.body)
        .digest('hex')}`,
    );
    expect(JSON.parse(failure!.body)).toMatchObject({
      severity: 'error',
      involvedObject: { kind: 'Kustomization', name: 'ledger-api' },
      metadata: { cluster: 'az-prod-1', revision: `master@sha1:${tip}` },
    });

    await control('heal', { service: 'ledger-api', where: 'prod' });
    await until(
      () => ledger('az-prod-1'),
      object => isReadyAt(object, tip),
    );
    expect(await mishapsOf('az-prod-1')).toEqual([]);
  });

  it.each([
    ['unschedulable', 'Pending', 'Unschedulable'],
    ['image-pull', 'Pending', 'ImagePullBackOff'],
    ['crash-pods', 'Running', 'CrashLoopBackOff'],
  ])('%s --now hits the pods that run', async (name, phase, reason) => {
    await control(name, { service: 'ledger-api', where: 'dev', now: true });
    const [pod] = await until(
      () => podsOf('aws-dev-1'),
      ([first]) => first?.status?.phase === phase,
    );
    expect(JSON.stringify(pod.status)).toContain(`"reason":"${reason}"`);
    expect((await deployment('aws-dev-1')).status?.readyReplicas).toBe(0);
    await until(
      () => ledger('aws-dev-1'),
      object => condition(object, 'Ready')?.reason === 'HealthCheckFailed',
    );
    await control('heal', { service: 'ledger-api', where: 'aws-dev-1' });
    await until(
      () => ledger('aws-dev-1'),
      object => condition(object, 'Ready')?.status === 'True',
    );
    await expect(
      control('heal', { service: 'ledger-api', where: 'dev' }),
    ).rejects.toThrow('Nothing was wrong');
  });

  it('quota keeps pods from being made', async () => {
    await control('quota', { service: 'ledger-api', where: 'dev' });
    const { commit: tip } = await releaseLedger('dev');
    const object = await until(
      () => deployment('aws-dev-1'),
      one => condition(one, 'ReplicaFailure') !== undefined || isStuck(one),
    );
    expect(condition(object, 'ReplicaFailure')?.message).toContain(
      'exceeded quota',
    );
    await control('heal', { service: 'ledger-api', where: 'dev' });
    await until(
      () => ledger('aws-dev-1'),
      one => isReadyAt(one, tip),
    );
  });

  it('a suspended Kustomization stays behind until it is resumed', async () => {
    const where = { cluster: 'aws-prod-1', kustomization: 'ledger-api' };
    await control('suspend', where);
    const before = await ledger('aws-prod-1');
    expect(before.spec?.suspend).toBe(true);
    const { commit: tip, artifactId } = await releaseLedger();
    await until(
      () => ledger('az-prod-1'),
      object => isReadyAt(object, tip),
    );
    expect((await ledger('aws-prod-1')).status).toEqual(before.status);
    expect(await mishapsOf('aws-prod-1')).toEqual([
      'suspended banking/ledger-api',
    ]);
    await control('resume', where);
    await until(
      () => ledger('aws-prod-1'),
      object => isReadyAt(object, tip),
    );
    const object = await deployment('aws-prod-1');
    expect(object.metadata.annotations).toMatchObject({
      'lunarway.com/artifact-id': artifactId,
    });
  });

  it('a suspended source holds everything back', async () => {
    const where = { cluster: 'platform', kustomization: 'k8s-cluster-config' };
    await control('suspend', where);
    const tip = await commit('docs/suspended.md', 'x');
    await until(
      () => ledger('aws-prod-1'),
      object => isReadyAt(object, tip),
    );
    const root = await kustomization('platform', 'flux-system/flux-system');
    expect(isReadyAt(root, tip)).toBe(false);
    await control('resume', where);
    await until(
      () => kustomization('platform', 'flux-system/flux-system'),
      object => isReadyAt(object, tip),
    );
  });

  it('drift is mended, and told of', async () => {
    const before = await deployment('gcp-stg-1').catch(() => undefined);
    const cluster = before ? 'gcp-stg-1' : 'az-prod-1';
    const right = await deployment(cluster);
    await control('drift', { cluster, service: 'ledger-api' });
    const wrong = await deployment(cluster);
    expect(artifactOf(wrong)).not.toBe(artifactOf(right));
    expect(wrong.metadata.generation).toBe(right.metadata.generation! + 1);
    const mended = await until(
      () => deployment(cluster),
      object => artifactOf(object) === artifactOf(right),
    );
    expect(mended.spec).toEqual(right.spec);
    const events = await eventsOf(cluster, 'ledger-api');
    expect(events.map(({ message }) => message)).toContain(
      'Deployment/banking/ledger-api configured',
    );
  });

  it('drift stands while its Kustomization is suspended', async () => {
    const where = { cluster: 'aws-prod-1', kustomization: 'ledger-api' };
    await control('suspend', where);
    const right = await deployment('aws-prod-1');
    const replicas = Number(right.spec?.replicas) + 2;
    await control('drift', {
      cluster: 'aws-prod-1',
      service: 'ledger-api',
      replicas,
    });
    await until(
      () => deployment('aws-prod-1'),
      object => object.status?.readyReplicas === replicas,
    );
    await new Promise(resolve => setTimeout(resolve, 600));
    expect((await deployment('aws-prod-1')).spec?.replicas).toBe(replicas);
    await control('resume', where);
    await until(
      () => deployment('aws-prod-1'),
      object => object.status?.readyReplicas === replicas - 2,
    );
  });

  it('heal takes drift back, in a suspended Kustomization too', async () => {
    const cluster = 'aws-prod-1';
    const where = { cluster, kustomization: 'ledger-api' };
    const drifted = { service: 'ledger-api', where: cluster };
    await control('suspend', where);
    const right = await deployment(cluster);
    await control('drift', { cluster, service: 'ledger-api' });
    expect(artifactOf(await deployment(cluster))).not.toBe(artifactOf(right));
    expect(await control('heal', drifted)).toMatchObject({
      message: 'ledger-api in aws-prod-1 is what Flux applied again',
    });
    const restored = await deployment(cluster);
    expect(restored.spec).toEqual(right.spec);
    expect(artifactOf(restored)).toBe(artifactOf(right));
    await expect(control('heal', drifted)).rejects.toThrow('Nothing was wrong');
    await control('resume', where);
  });

  it('source-fault keeps a cluster from hearing of commits', async () => {
    await control('source-fault', { cluster: 'az-prod-1', switch: 'on' });
    const source = () =>
      read(
        'az-prod-1',
        '/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/k8s-cluster-config',
      );
    const tip = await commit('docs/source.md', 'x');
    await until(
      () => ledger('aws-prod-1'),
      object => isReadyAt(object, tip),
    );
    expect(condition(await source(), 'Ready')).toMatchObject({
      status: 'False',
      reason: 'GitOperationFailed',
      message: expect.stringContaining('authentication required'),
    });
    expect(isReadyAt(await ledger('az-prod-1'), tip)).toBe(false);
    await control('source-fault', { cluster: 'az-prod-1', switch: 'off' });
    await until(
      () => ledger('az-prod-1'),
      object => isReadyAt(object, tip),
    );
    expect(condition(await source(), 'FetchFailed')).toBeUndefined();
  });

  it('bad manifests fail to build, and what runs goes on', async () => {
    const path = 'prod/releases/banking/ledger-api/50-service.yaml';
    const { repositoryPath } = sandbox.world;
    const text = await runGit(repositoryPath, ['show', `master:${path}`]);
    const before = await deployment('az-prod-1');
    await commit(path, `${text}\n\tbroken: [`);
    const failed = await until(
      () => ledger('az-prod-1'),
      object => condition(object, 'Ready')?.reason === 'BuildFailed',
    );
    expect(condition(failed, 'Ready')?.message).toContain('50-service.yaml');
    expect((await deployment('az-prod-1')).metadata.generation).toBe(
      before.metadata.generation,
    );
    const tip = await commit(path, text);
    await until(
      () => ledger('az-prod-1'),
      object => isReadyAt(object, tip),
    );
  });

  it('what a cluster refuses fails to apply, and hostile commits harm nothing', async () => {
    const path = 'prod/releases/banking/ledger-api/00-old.yaml';
    await commit(
      path,
      'apiVersion: apps/v1beta1\nkind: Deployment\nmetadata:\n  name: ledger-api\n',
    );
    const failed = await until(
      () => ledger('az-prod-1'),
      object => condition(object, 'Ready')?.reason === 'ReconciliationFailed',
    );
    expect(condition(failed, 'Ready')?.message).toContain('apps/v1beta1');
    await commit(path, '# Nothing\n');
    await control('hostile');
    const tip = await readTip(sandbox.world.repositoryPath);
    await Promise.all(
      PROD.map(cluster =>
        until(
          () => ledger(cluster),
          object => isReadyAt(object, tip!),
        ),
      ),
    );
  });

  it('a failing ancestor holds back what depends on it', async () => {
    const found = await list(
      'aws-prod-1',
      `/apis/${KUSTOMIZATIONS}/kustomizations`,
    );
    const dependent = found.find(({ spec }) => spec?.dependsOn);
    expect(dependent).toBeDefined();
    const { namespace, name } = dependent!.metadata;
    const where = { cluster: 'aws-prod-1', kustomization: 'infrastructure' };
    await control('suspend', where);
    await commit('docs/dependency.md', 'x');
    const waiting = await until(
      () => kustomization('aws-prod-1', `${namespace}/${name}`),
      object => condition(object, 'Ready')?.reason === 'DependencyNotReady',
    );
    expect(condition(waiting, 'Ready')?.message).toContain(
      "dependency 'flux-system/infrastructure'",
    );
    await control('resume', where);
    await until(
      () => kustomization('aws-prod-1', `${namespace}/${name}`),
      object => condition(object, 'Ready')?.status === 'True',
    );
  });

  it('cluster-fault changes what the API answers', async () => {
    const nodes = () => list('aws-dev-1', '/api/v1/nodes');
    for (const [fault, message] of [
      ['refuse', /fetch failed/],
      ['unauthorized', /401/],
      ['forbid', /403/],
      ['throttle', /429/],
      ['error', /500/],
    ] as const) {
      await control('cluster-fault', { cluster: 'aws-dev-1', fault });
      await expect(nodes()).rejects.toThrow(message);
      expect(await mishapsOf('aws-dev-1')).toEqual([`API ${fault}`]);
      await control('cluster-fault', { cluster: 'aws-dev-1', fault: 'none' });
      expect(await nodes()).not.toEqual([]);
    }
    await control('cluster-fault', { cluster: 'aws-dev-1', fault: 'impostor' });
    const system = await read('aws-dev-1', '/api/v1/namespaces/kube-system');
    const identity = await read(
      'aws-dev-1',
      '/api/v1/namespaces/default/configmaps/cluster-identity',
    );
    expect(identity.data).not.toEqual({ clusterName: 'aws-dev-1' });
    await control('cluster-fault', { cluster: 'aws-dev-1', fault: 'none' });
    expect(
      (await read('aws-dev-1', '/api/v1/namespaces/kube-system')).metadata.uid,
    ).not.toBe(system.metadata.uid);
  });

  it('renew-token puts another token in the file', async () => {
    const { url, token } = addressOf('platform');
    await control('renew-token', { cluster: 'platform' });
    const old = await fetch(`${url}/api/v1/nodes`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(old.status).toBe(401);
    const renewed = addressOf('platform');
    expect(readFileSync(renewed.tokenFile, 'utf8').trim()).not.toBe(token);
    expect(await list('platform', '/api/v1/nodes')).not.toEqual([]);
    expect(readFileSync(join(dir, 'clusters', 'kubeconfig'), 'utf8')).toContain(
      renewed.token,
    );
  });

  it('refuse-pushes refuses what others push', async () => {
    const work = join(folder, 'work.git');
    const url = sandbox.gitUrl.replace('//', '//ground-control:right@');
    await runGit(undefined, ['clone', '--quiet', '--bare', url, work]);
    const made = await runGit(work, [
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@bank.example',
      'commit-tree',
      '-p',
      'master',
      '-m',
      'By another',
      'master^{tree}',
    ]);
    const push = () =>
      runGit(work, ['push', '--quiet', url, `${made.trim()}:master`]);
    await control('refuse-pushes', { switch: 'on' });
    await expect(push()).rejects.toThrow(/protected/);
    expect((await control('status')).pushes).toBe('refused');
    await control('refuse-pushes', { switch: 'off' });
    await push();
    const tip = made.trim();
    expect(await readTip(sandbox.world.repositoryPath)).toBe(tip);
    await until(
      () => ledger('aws-prod-1'),
      object => isReadyAt(object, tip),
    );
  });

  it.each([
    ['cluster-fault', { cluster: 'nowhere', fault: 'hang' }, /no cluster/],
    ['cluster-fault', { cluster: 'platform', fault: 'fire' }, /no fault/],
    ['suspend', { cluster: 'platform', kustomization: 'x' }, /no Kustom/],
    ['crash-pods', { service: 'ledger-api', where: 'moon' }, /no cluster or/],
    ['crash-pods', { service: 'ledger-api', where: 'platform' }, /doesn't run/],
    ['drift', { cluster: 'dev', service: 'ledger-api', replicas: -1 }, /whole/],
    ['source-fault', { cluster: 'platform', switch: 'maybe' }, /on or off/],
    ['rebuild', { cluster: 'platform', seconds: 1 }, /from 5/],
  ])('%s says what is wrong with %j', async (name, values, message) => {
    await expect(control(name, values)).rejects.toThrow(message);
  });
});

describe('a cluster that is thrown away', () => {
  it('comes back in the order of a recovery, as another cluster', async () => {
    const cluster = 'az-prod-1';
    const uid = async () =>
      (await read(cluster, '/api/v1/namespaces/kube-system')).metadata.uid;
    const before = await uid();
    const tip = await readTip(sandbox.world.repositoryPath);
    const moments: string[] = [];
    const note = (moment: string) => {
      if (!moments.includes(moment)) {
        moments.push(moment);
      }
    };
    await control('rebuild', { cluster, seconds: 7 });
    await expect(control('rebuild', { cluster })).rejects.toThrow('already');
    await until(
      async () => {
        try {
          const flux = await list(
            cluster,
            '/apis/apps/v1/namespaces/flux-system/deployments',
          );
          note('API reachable');
          if (
            flux.length > 0 &&
            flux.every(one => one.status?.readyReplicas === 1)
          ) {
            note('Flux ready');
          }
          const all = await list(
            cluster,
            `/apis/${KUSTOMIZATIONS}/kustomizations`,
          );
          if (all.some(object => isReadyAt(object, tip!))) {
            note('first revision applied');
          }
          const isWhole = all.some(o => o.metadata.name === 'ledger-api');
          if (isWhole && all.every(object => isReadyAt(object, tip!))) {
            note('everything Ready');
          } else if (isWhole) {
            note('some not Ready');
          }
        } catch {
          note('refused');
        }
        return moments;
      },
      seen => seen.includes('everything Ready'),
      12_000,
    );
    expect(moments).toEqual([
      'refused',
      'API reachable',
      'Flux ready',
      'first revision applied',
      'some not Ready',
      'everything Ready',
    ]);
    const after = await uid();
    expect(after).not.toBe(before);
    expect((await podsOf(cluster)).length).toBeGreaterThan(0);
    await until(
      () => mishapsOf(cluster),
      mishaps => mishaps.length === 0,
    );
  });
});

describe('a start after an end', () => {
  it('finds the same clusters, and their ports are free meanwhile', async () => {
    const addresses = sandbox.clusters;
    const uidOf = async (name: string) =>
      (await read(name, '/api/v1/namespaces/kube-system')).metadata.uid;
    const uid = await uidOf('az-prod-1');
    await sandbox.stop();
    await expect(fetch(`${addresses[0].url}/version`)).rejects.toThrow();
    sandbox = await startSandbox(options);
    expect(sandbox.clusters.map(({ token }) => token)).toEqual(
      addresses.map(({ token }) => token),
    );
    expect(await uidOf('az-prod-1')).toBe(uid);
  });

  it('serves none where none are wanted', async () => {
    await sandbox.stop();
    sandbox = await startSandbox({ ...options, embeddedClusters: false });
    expect(sandbox.clusters).toEqual([]);
    await expect(control('rebuild', { cluster: 'az-prod-1' })).rejects.toThrow(
      'no clusters',
    );
  });
});

function artifactOf(object: KubeObject): string | undefined {
  return object.metadata.annotations?.['lunarway.com/artifact-id'];
}

function isStuck(object: KubeObject): boolean {
  return condition(object, 'Progressing')?.status === 'False';
}
