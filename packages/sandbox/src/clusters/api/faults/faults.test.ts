import type { ClusterFault, ClusterServer } from '../../types.ts';
import { CLUSTER_FAULTS } from '../../types.ts';
import { ApiClient } from '../__testUtils__/ApiClient.ts';
import {
  KUSTOMIZATIONS,
  kustomization,
  namespace,
} from '../__testUtils__/objects.ts';
import { createClusterServer } from '../createClusterServer.ts';
import { createObjectStore } from '../createObjectStore.ts';
import type { MemoryObjectStore } from '../store/MemoryObjectStore.ts';

const ALL = `${KUSTOMIZATIONS}/kustomizations`;
const WATCH = `${ALL}?watch=1&allowWatchBookmarks=true&resourceVersion=`;
const NODES = '/api/v1/nodes';

let store: MemoryObjectStore;
let server: ClusterServer;
let client: ApiClient;

beforeEach(async () => {
  store = createObjectStore();
  server = createClusterServer({ name: 'a', port: 0, token: 't', store });
  await server.start();
  client = new ApiClient(server.url, 't');
  store.apply(kustomization('a'));
});

afterEach(async () => {
  await server.stop();
});

function watch() {
  return client.watch(`${WATCH}${store.resourceVersion}`);
}

/** A connection that the server has cut may still be in a client's pool. */
async function statusAfter(path = ALL): Promise<number> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return (await client.call(path)).status;
    } catch (error) {
      if (attempt > 3) {
        throw error;
      }
    }
  }
}

it('refuses connections, and takes them on the same port again', async () => {
  const watching = await watch();
  const { url } = server;
  await server.setFault('refuse');
  await watching.done;
  expect(watching.broken).toBe(true);
  await expect(client.call(ALL)).rejects.toMatchObject({
    cause: { code: 'ECONNREFUSED' },
  });
  await server.setFault(undefined);
  expect(server.url).toBe(url);
  expect(await statusAfter()).toBe(200);
});

it('starts refusing when it is started so', async () => {
  await server.stop();
  await server.setFault('refuse');
  await server.start();
  await expect(client.call(ALL)).rejects.toThrow('fetch failed');
});

it('hangs without an answer, and with silent streams', async () => {
  const watching = await watch();
  await server.setFault('hang');
  store.apply(kustomization('b'));
  await expect(client.call(ALL, { timeoutMs: 200 })).rejects.toThrow('timeout');
  expect(watching).toMatchObject({ ended: false, events: [] });
  await server.setFault(undefined);
  await watching.done;
  expect(watching.broken).toBe(true);
  expect(await statusAfter()).toBe(200);
});

it('stops streams in the middle of an event, and keeps them open', async () => {
  const watching = await watch();
  await server.setFault('hang-streams');
  store.apply(kustomization('b'));
  await watching.until(({ rest }) => rest.length > 0);
  store.apply(kustomization('c'));
  const { rest } = watching;
  expect(() => JSON.parse(rest)).toThrow(SyntaxError);
  expect(await statusAfter()).toBe(200);
  expect(watching).toMatchObject({ ended: false, events: [], rest });
  await server.setFault(undefined);
  await watching.done;
  expect(watching.broken).toBe(true);
});

it('cuts streams in the middle of an event', async () => {
  await server.setFault('half-events');
  const watching = await watch();
  store.apply(kustomization('b'));
  await watching.done;
  expect(watching).toMatchObject({ broken: true, events: [] });
  expect(watching.rest).toMatch(/^\{"type":"ADDED","object":\{/);
});

it.each([
  ['unauthorized', 401, 'Unauthorized'],
  ['forbid', 403, 'Forbidden'],
  ['error', 500, 'InternalError'],
] as [ClusterFault, number, string][])(
  'answers %s with %d, and ends streams',
  async (fault, status, reason) => {
    const watching = await watch();
    await server.setFault(fault);
    await watching.done;
    expect(watching.broken).toBe(false);
    expect(await client.call(ALL)).toMatchObject({ status, body: { reason } });
    await server.setFault(undefined);
    expect(await statusAfter()).toBe(200);
  },
);

it('throttles with the time to wait, and lets streams go on', async () => {
  const watching = await watch();
  await server.setFault('throttle');
  const answer = await client.call(ALL);
  expect(answer).toMatchObject({
    status: 429,
    body: { reason: 'TooManyRequests', details: { retryAfterSeconds: 1 } },
  });
  expect(answer.headers.get('retry-after')).toBe('1');
  store.apply(kustomization('b'));
  await watching.until(({ events }) => events.length === 1);
  await watching.stop();
});

it('is limited to one kind', async () => {
  const watching = await client.watch(`${NODES}?watch=1&resourceVersion=1`);
  await server.setFault('forbid', { kind: 'kustomizations' });
  expect((await client.call(ALL)).status).toBe(403);
  expect((await client.call(NODES)).status).toBe(200);
  expect(server.fault).toEqual({ fault: 'forbid', kind: 'kustomizations' });
  expect(watching.ended).toBe(false);
  await watching.stop();
});

it('answers as another cluster, and as itself again', async () => {
  const other = createObjectStore();
  other.apply(namespace('kube-system'));
  const uid = async () =>
    (await client.call('/api/v1/namespaces/kube-system')).body.metadata?.uid;
  const own = store.apply(namespace('kube-system')).metadata.uid;
  const retry = async () => uid().catch(uid);
  expect(await uid()).toBe(own);
  await server.setFault('impostor', { store: other });
  expect(await retry()).not.toBe(own);
  await server.setFault(undefined);
  expect(await retry()).toBe(own);
  await expect(server.setFault('impostor')).rejects.toThrow('needs the store');
});

it('closes watches after a second, old ones and new ones', async () => {
  const old = await watch();
  await server.setFault('close-watches');
  const start = Date.now();
  const young = await watch();
  await Promise.all([old.done, young.done]);
  expect(Date.now() - start).toBeGreaterThan(800);
  expect(young).toMatchObject({ broken: false, events: [] });
});

it('answers watches with 410', async () => {
  const old = await watch();
  await server.setFault('gone');
  const young = await watch();
  for (const watching of [old, young]) {
    await watching.done;
    expect(watching.events).toMatchObject([
      { type: 'ERROR', object: { code: 410, reason: 'Expired' } },
    ]);
  }
  expect((await client.call(ALL)).status).toBe(200);
});

it('has its clock wrong', async () => {
  await server.setFault('clock-skew', { skewMs: -3600_000 });
  const { headers } = await client.call(ALL);
  const wrongBy = (text: string) => Date.parse(text) - Date.now() + 3600_000;
  expect(Math.abs(wrongBy(headers.get('date')!))).toBeLessThan(5000);
  const { metadata } = store.apply(kustomization('b'));
  expect(Math.abs(wrongBy(metadata.creationTimestamp!))).toBeLessThan(5000);
  await server.setFault(undefined);
  const right = await client.call(ALL);
  expect(wrongBy(right.headers.get('date')!)).toBeGreaterThan(3500_000);
});

it('goes on well after each of them, one after the other', async () => {
  for (const fault of CLUSTER_FAULTS) {
    await server.setFault(fault, { store: createObjectStore() });
  }
  await server.setFault(undefined);
  expect(await statusAfter()).toBe(200);
  const watching = await watch();
  store.apply(kustomization('b'));
  await watching.until(({ events }) => events.length === 1);
  expect(server.openWatches).toBe(1);
  await watching.stop();
  await watching.until(() => server.openWatches === 0);
});
