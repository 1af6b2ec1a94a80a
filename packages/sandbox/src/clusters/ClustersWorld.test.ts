import { readFileSync, statSync } from 'node:fs';
import { readTip } from '../git/appendCommits.ts';
import { runGit } from '../git/runGit.ts';
import {
  condition,
  isReadyAt,
  KUSTOMIZATIONS,
} from './__testUtils__/objects.ts';
import { TestWorld } from './__testUtils__/TestWorld.ts';
import { until } from './__testUtils__/until.ts';
import type { KubeObject } from './types.ts';

const world = new TestWorld();
const {
  addressOf,
  read,
  list,
  kustomization,
  ledger,
  watchLedger,
  deployment,
  control,
  releaseLedger,
  mishapsOf,
  eventsOf,
  podsOf,
} = world;

beforeAll(() => world.start());
afterAll(() => world.stop());

describe('the clusters of the world', () => {
  it('are complete at the tip as soon as the sandbox has started', async () => {
    const tip = await readTip(world.sandbox.world.repositoryPath);
    expect(world.sandbox.clusters.map(({ name }) => name)).toEqual([
      ...TestWorld.PROD,
      'gcp-stg-1',
      'aws-dev-1',
      'platform',
    ]);
    const uids = new Set<string>();
    for (const { name, environment } of world.sandbox.clusters) {
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
    expect(uids.size).toBe(world.sandbox.clusters.length);
  });

  it('run what the manifests say, with labels of their owner', async () => {
    const path = 'prod/releases/banking/ledger-api/artifact.json';
    const { repositoryPath } = world.sandbox.world;
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
    const production = world.sandbox.clusters
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
    const tokens = world.sandbox.clusters.map(({ token }) => token);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const { token, tokenFile } of world.sandbox.clusters) {
      expect(readFileSync(tokenFile, 'utf8').trim()).toBe(token);
      expect(statSync(tokenFile).mode % 0o1000).toBe(0o600);
    }
    const path = world.pathOf('world', 'clusters', 'kubeconfig');
    expect(statSync(path).mode % 0o1000).toBe(0o600);
    const kubeconfig = JSON.parse(readFileSync(path, 'utf8'));
    const server = new URL(kubeconfig.clusters[0].cluster.server);
    expect(server.password).toBe(tokens[0]);
    const asKubectl = (password: string) =>
      fetch(`${world.sandbox.url}${server.pathname}/api/v1/nodes?limit=1`, {
        headers: {
          authorization: `Basic ${Buffer.from(`kubectl:${password}`).toString(
            'base64',
          )}`,
        },
      });
    const answered = await asKubectl(server.password);
    expect(await answered.json()).toMatchObject({ items: [{ spec: {} }] });
    expect((await asKubectl(tokens[1])).status).toBe(401);
    const other = await fetch(`${world.sandbox.clusters[0].url}/api/v1/nodes`, {
      headers: { authorization: `Bearer ${tokens[1]}` },
    });
    expect(other.status).toBe(401);
  });

  it('bring a release from pending over rolling out to ready', async () => {
    const before = await ledger('aws-prod-1');
    const watches = await Promise.all(TestWorld.PROD.map(watchLedger));
    const { commit: tip, artifactId } = await releaseLedger();
    for (const cluster of TestWorld.PROD) {
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
    for (const cluster of TestWorld.PROD) {
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

describe('a cluster that is thrown away', () => {
  it('comes back in the order of a recovery, as another cluster', async () => {
    const cluster = 'az-prod-1';
    const uid = async () =>
      (await read(cluster, '/api/v1/namespaces/kube-system')).metadata.uid;
    const before = await uid();
    const tip = await readTip(world.sandbox.world.repositoryPath);
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
    const addresses = world.sandbox.clusters;
    const uidOf = async (name: string) =>
      (await read(name, '/api/v1/namespaces/kube-system')).metadata.uid;
    const uid = await uidOf('az-prod-1');
    await world.sandbox.stop();
    await expect(fetch(`${addresses[0].url}/version`)).rejects.toThrow();
    await world.restart();
    expect(world.sandbox.clusters.map(({ token }) => token)).toEqual(
      addresses.map(({ token }) => token),
    );
    expect(await uidOf('az-prod-1')).toBe(uid);
  });

  it('serves none where none are wanted', async () => {
    await world.sandbox.stop();
    await world.restart({ embeddedClusters: false });
    expect(world.sandbox.clusters).toEqual([]);
    await expect(control('rebuild', { cluster: 'az-prod-1' })).rejects.toThrow(
      'no clusters',
    );
  });
});
