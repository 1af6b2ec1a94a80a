import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../__testUtils__/until';
import { Watcher } from '../__testUtils__/WatchFixture';
import { KubeFault, KubeGate, KubeMetrics } from '../kube';
import { watchedKinds } from '../observe/watchedKinds';
import { WatchedKind } from '../types';
import { DEFAULT_TIMINGS, WatchTimings } from '../watch';
import { findTargets } from './__testUtils__/findTargets';
import { ConformanceTarget, WrittenObject } from './__testUtils__/types';

const { sources, skipped } = findTargets(process.env);
if (skipped) {
  process.stderr.write(
    `Conformance with a real API server is skipped: ${skipped}.\n`,
  );
}

const NAMESPACE = 'conformance';
const LIST = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';
const TIMINGS: WatchTimings = {
  ...DEFAULT_TIMINGS,
  askIntervalMs: 250,
  askTimeoutMs: 2_000,
  askMaxBackoffMs: 500,
  versionRetryMs: 1_000,
  retryMs: 200,
  retryMaxMs: 1_000,
  absentMs: 500,
  neededAbsentMs: 500,
  absentConfirmMs: 500,
  tickMs: 10,
  calmMs: 20,
  pageSize: 5,
  watchSeconds: [4, 4],
};

/** Keeps where a Kustomization leads. */
const kustomizations: WatchedKind<string> = {
  ...watchedKinds.find(({ id }) => id === 'kustomizations')!,
  observe: object =>
    (object as { spec?: { path?: string } })?.spec?.path ?? undefined,
};
const others = watchedKinds.filter(({ id }) => id !== 'kustomizations');

function kustomization(name: string, path: string): WrittenObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: NAMESPACE },
    spec: { path, prune: true, interval: '5m' },
  };
}

function identity(clusterName: string): WrittenObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-identity', namespace: NAMESPACE },
    data: { clusterName },
  };
}

describe.each(sources)('With $name', source => {
  const folder = mkdtempSync(join(tmpdir(), 'ground-control-conformance-'));
  let target: ConformanceTarget;
  const watchers: Watcher[] = [];

  const watch = (definition = target.reader) => {
    const watcher = new Watcher(definition, {
      kinds: [kustomizations, ...others],
      timings: TIMINGS,
    });
    watchers.push(watcher);
    watcher.watching.start();
    return watcher;
  };
  const stateIs = (watcher: Watcher, state: string) =>
    until(() => watcher.state === state, {
      seen: () => watcher.watching.reading,
      ms: 30_000,
    });
  const pathIs = (watcher: Watcher, name: string, path: string | undefined) =>
    until(() => watcher.held()[`${NAMESPACE}/${name}`] === path, {
      seen: () => [watcher.watching.reading, watcher.held()],
      ms: 20_000,
    });

  beforeAll(async () => {
    target = await source.start(folder);
    await target.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: NAMESPACE },
    });
    await target.apply(identity('conformance'));
  });

  afterEach(async () => {
    for (const { watching } of watchers.splice(0)) await watching.stop();
  });

  afterAll(async () => {
    await target?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds kinds that appear later, and is live with the rights of deploy/rbac.yaml', async () => {
    const watcher = watch();
    if (source.isEmpty) {
      await stateIs(watcher, 'failing');
      await until(() => watcher.kind('kustomizations').state === 'absent');
    }
    await target.installKinds();
    await stateIs(watcher, 'live');
    const { identity: called, instance, kinds } = watcher.watching.reading;
    expect(called).toBe('conformance');
    expect(instance).toMatch(/./);
    await until(
      () => /^v1\.\d+/.test(watcher.watching.reading.kubernetesVersion ?? ''),
      { seen: () => watcher.watching.reading, ms: 20_000 },
    );
    await until(
      () =>
        watcher.watching.reading.kinds.every(({ id, state }) =>
          id === 'fluxReports' ? true : state === 'live',
        ),
      { seen: () => watcher.watching.reading.kinds, ms: 20_000 },
    );
    expect(kinds).toHaveLength(watchedKinds.length);
  });

  it('lists in pages, and follows what is made, changed and deleted', async () => {
    for (let i = 0; i < 12; i += 1) {
      await target.apply(kustomization(`k${i}`, './one'));
    }
    const watcher = watch();
    await stateIs(watcher, 'live');
    expect(Object.keys(watcher.held())).toHaveLength(12);
    await target.apply(kustomization('k0', './two'));
    await target.apply(kustomization('new', './one'));
    await target.delete(kustomization('k1', ''));
    await pathIs(watcher, 'k0', './two');
    await pathIs(watcher, 'new', './one');
    await pathIs(watcher, 'k1', undefined);
    await target.delete(kustomization('new', ''));
    await pathIs(watcher, 'new', undefined);
    expect(watcher.held('configMaps')).not.toEqual({});
  });

  it('goes on over the end of watches, without a list', async () => {
    const watcher = watch();
    await stateIs(watcher, 'live');
    watcher.told.length = 0;
    const untilPast = Date.now() + 5_500;
    for (let i = 0; Date.now() < untilPast; i += 1) {
      await target.apply(kustomization('k0', `./${i}`));
      await pathIs(watcher, 'k0', `./${i}`);
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    expect(watcher.told).not.toContain('kustomizations listed');
    expect(new Set(watcher.readings.map(({ state }) => state))).not.toContain(
      'failing',
    );
  });

  it('gets bookmarks, which move the place to resume at', async () => {
    const gate = new KubeGate({
      definition: target.reader,
      metrics: new KubeMetrics(),
    });
    const { signal } = new AbortController();
    const list = () =>
      gate.list(`${LIST}?limit=500`, {
        what: 'list',
        signal,
        onItem: () => {},
        onTooLarge: () => {},
      });
    const { resourceVersion } = await list();
    // Another kind moves on, and this one hears nothing but the bookmark. A
    // list makes sure that the server has noticed.
    await target.apply(identity(`another ${Date.now()}`));
    await target.apply(identity('conformance'));
    const moved = await list();
    expect(moved.resourceVersion).not.toBe(resourceVersion);
    const types: string[] = [];
    const end = await gate.watch(
      `${LIST}?watch=true&allowWatchBookmarks=true&timeoutSeconds=4&resourceVersion=${resourceVersion}`,
      {
        what: 'watch',
        signal,
        onOpen: () => {
          setTimeout(() => void list(), 500);
        },
        onHeard: () => {},
        onEvent: event => types.push((event as { type: string }).type),
        onTooLarge: () => {},
      },
    );
    gate.close();
    expect(end).toBe('ended');
    expect(new Set(types)).toEqual(new Set(['BOOKMARK']));
  });

  if (source.canCompact) {
    it('lists anew after a compaction, and tells what differs', async () => {
      await target.apply(kustomization('k2', './one'));
      const watcher = watch();
      await stateIs(watcher, 'live');
      const gate = new KubeGate({
        definition: target.reader,
        metrics: new KubeMetrics(),
      });
      const page = (path: string) =>
        gate.list(path, {
          what: 'list',
          signal: new AbortController().signal,
          onItem: () => {},
          onTooLarge: () => {},
        });
      const first = await page(`${LIST}?limit=2`);
      await target.compactUnseen(async () => {
        await stateIs(watcher, 'unreachable');
        watcher.told.length = 0;
        await target.apply(kustomization('k2', './after'));
        await target.delete(kustomization('k3', ''));
        // History is more than one change.
        for (let i = 0; i < 5; i += 1) {
          await target.apply(kustomization('k2', `./after${i}`));
        }
      });
      await stateIs(watcher, 'live');
      await pathIs(watcher, 'k2', './after4');
      expect(watcher.told.filter(line => line.startsWith('kust'))).toEqual(
        expect.arrayContaining([
          'kustomizations listed',
          `kustomizations ${NAMESPACE}/k3 gone`,
          `kustomizations ${NAMESPACE}/k2 ./after4`,
        ]),
      );
      expect(watcher.told.filter(line => /\/k[4-9]/.test(line))).toEqual([]);
      const stale = await page(
        `${LIST}?limit=2&continue=${encodeURIComponent(first.continue!)}`,
      ).catch((error: unknown) => error);
      gate.close();
      expect(stale).toBeInstanceOf(KubeFault);
      expect((stale as KubeFault).kind).toBe('gone');
    });
  }

  it('says which kind it may not read, and follows the others', async () => {
    const { definition, undo } = await target.readerWithout('deployments');
    const watcher = watch(definition);
    await stateIs(watcher, 'forbidden');
    expect(watcher.reason).toMatch(/We may not read deployments\.apps/);
    await until(() => watcher.kind('kustomizations').state === 'live');
    await target.apply(kustomization('k0', './seen'));
    await pathIs(watcher, 'k0', './seen');
    await undo();
  });

  it('takes a renewed token from its file', async () => {
    const watcher = watch();
    await stateIs(watcher, 'live');
    await target.revokeToken();
    await stateIs(watcher, 'unauthorized');
    await target.renewToken();
    await stateIs(watcher, 'live');
    await target.apply(kustomization('k0', './renewed'));
    await pathIs(watcher, 'k0', './renewed');
  });

  it('tells nothing of a cluster that calls itself otherwise', async () => {
    await target.apply(identity('another'));
    const watcher = watch();
    await stateIs(watcher, 'mistaken');
    expect(watcher.told).toEqual([]);
    await target.apply(identity('conformance'));
    await stateIs(watcher, 'live');
    expect(watcher.told).not.toEqual([]);
  });
});
