import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readTip } from '../../git/appendCommits.ts';
import { runGit } from '../../git/runGit.ts';
import {
  artifactOf,
  condition,
  isReadyAt,
  isStuck,
  KUSTOMIZATIONS,
} from '../__testUtils__/objects.ts';
import { TestWorld } from '../__testUtils__/TestWorld.ts';
import { until } from '../__testUtils__/until.ts';

const world = new TestWorld();
const {
  addressOf,
  read,
  list,
  kustomization,
  ledger,
  deployment,
  control,
  releaseLedger,
  commit,
  mishapsOf,
  eventsOf,
  podsOf,
} = world;

beforeAll(() => world.start());
afterAll(() => world.stop());

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
      async () =>
        world.alerts.find(({ body }) => body.includes('HealthCheckFailed')),
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
    const { repositoryPath } = world.sandbox.world;
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
    const tip = await readTip(world.sandbox.world.repositoryPath);
    await Promise.all(
      TestWorld.PROD.map(cluster =>
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
    expect(
      readFileSync(world.pathOf('world', 'clusters', 'kubeconfig'), 'utf8'),
    ).toContain(renewed.token);
  });

  it('refuse-pushes refuses what others push', async () => {
    const work = world.pathOf('work.git');
    const url = world.sandbox.gitUrl.replace('//', '//ground-control:right@');
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
    expect(await readTip(world.sandbox.world.repositoryPath)).toBe(tip);
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
