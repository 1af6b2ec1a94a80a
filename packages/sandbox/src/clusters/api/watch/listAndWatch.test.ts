import fc from 'fast-check';
import type { ClusterServer, KubeObject } from '../../types.ts';
import { ApiClient } from '../__testUtils__/ApiClient.ts';
import type { WatchEvent } from '../__testUtils__/ApiClient.ts';
import { KUSTOMIZATIONS, kustomization } from '../__testUtils__/objects.ts';
import { createClusterServer } from '../createClusterServer.ts';
import { createObjectStore } from '../createObjectStore.ts';
import type { MemoryObjectStore } from '../store/MemoryObjectStore.ts';

const ALL = `${KUSTOMIZATIONS}/kustomizations`;

let store: MemoryObjectStore;
let server: ClusterServer;
let client: ApiClient;

beforeEach(async () => {
  store = createObjectStore({ history: 400 });
  server = createClusterServer({
    name: 'a',
    port: 0,
    token: 'reading',
    store,
    bookmarkMs: 30,
  });
  await server.start();
  client = new ApiClient(server.url, server.token);
});

afterEach(async () => {
  await server.stop();
});

interface Write {
  what: 'apply' | 'status' | 'delete';
  name: string;
  namespace: string;
  label: string;
  n: number;
}

const writes = fc.array(
  fc.record<Write>({
    what: fc.constantFrom('apply', 'apply', 'status', 'delete'),
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    namespace: fc.constantFrom('one', 'one-more', 'two'),
    label: fc.constantFrom('x', 'y'),
    n: fc.nat(2),
  }),
  { maxLength: 40 },
);

function write({ what, name, namespace, label, n }: Write): void {
  const object = kustomization(name, {
    namespace,
    labels: { label },
    spec: { n },
  });
  const type = store.typeOf(object);
  if (what === 'apply') {
    store.apply(object);
  } else if (what === 'delete') {
    store.delete(type, namespace, name);
  } else if (store.get(type, namespace, name)) {
    store.setStatus(object, { n });
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Lists by pages, with writes in between them. */
async function list(query: string, between: () => void) {
  const found = new Map<string, KubeObject>();
  let token = '';
  let revision = '';
  do {
    const { status, body } = await client.call(
      `${ALL}?limit=2&${query}&continue=${token}`,
    );
    expect(status).toBe(200);
    expect(revision || body.metadata.resourceVersion).toBe(
      body.metadata.resourceVersion,
    );
    revision = body.metadata.resourceVersion;
    for (const item of body.items as KubeObject[]) {
      expect(found.has(keyOf(item))).toBe(false);
      found.set(keyOf(item), item);
    }
    token = body.metadata.continue ?? '';
    between();
  } while (token);
  return { found, revision };
}

/** Brings what was listed to where events lead, and tells which can't be. */
function follow(
  found: Map<string, KubeObject>,
  revision: string,
  events: WatchEvent[],
): WatchEvent[] {
  let last = Number(revision);
  return events.filter(event => {
    const { type, object } = event;
    const known = found.has(keyOf(object));
    const at = Number(object.metadata.resourceVersion);
    const step = at - last;
    last = at;
    switch (type) {
      case 'BOOKMARK':
        return step < 0;
      case 'DELETED':
        found.delete(keyOf(object));
        return step < 1 || !known;
      default:
        found.set(keyOf(object), object);
        return step < 1 || type !== (known ? 'MODIFIED' : 'ADDED');
    }
  });
}

it('list and watch come to what the store holds, whenever they begin', async () => {
  const selections = fc.constantFrom(
    '',
    'labelSelector=label%3Dx',
    'labelSelector=label+notin+(x)',
    'fieldSelector=metadata.namespace%3Done',
  );
  await fc.assert(
    fc.asyncProperty(
      writes,
      writes,
      writes,
      selections,
      async (before, during, after, selection) => {
        const kind = store.typeOf(kustomization('a'));
        store
          .list(kind)
          .forEach(({ metadata }) =>
            store.delete(kind, metadata.namespace, metadata.name),
          );
        before.forEach(write);
        const waiting = [...during];
        const { found, revision } = await list(selection, () =>
          waiting.splice(0, 5).forEach(write),
        );
        waiting.forEach(write);
        const watching = await client.watch(
          `${ALL}?watch=true&resourceVersion=${revision}&${selection}&allowWatchBookmarks=true`,
        );
        after.forEach(write);
        await watching.until(({ events }) =>
          events.some(
            ({ type, object }) =>
              type === 'BOOKMARK' &&
              object.metadata.resourceVersion === store.resourceVersion,
          ),
        );
        await watching.stop();
        expect(follow(found, revision, watching.events)).toEqual([]);
        const truth = await client.call(`${ALL}?${selection}`);
        const sorted = [...found.values()].sort((a, b) =>
          keyOf(a) < keyOf(b) ? -1 : 1,
        );
        expect(sorted).toEqual(truth.body.items);
      },
    ),
    { numRuns: 60 },
  );
}, 30_000);

it('tells what is there to a watch that names no version', async () => {
  store.apply(kustomization('a'));
  const watching = await client.watch(`${ALL}?watch=1`);
  await watching.until(({ events }) => events.length === 1);
  store.apply(kustomization('b'));
  await watching.until(({ events }) => events.length === 2);
  expect(
    watching.events.map(({ type, object }) => `${type} ${keyOf(object)}`),
  ).toEqual(['ADDED flux-system/a', 'ADDED flux-system/b']);
  await watching.stop();
});

it('tells a watch of a compacted version that it is gone, and ends it', async () => {
  store.apply(kustomization('a'));
  store.apply(kustomization('b'));
  store.compact();
  const watching = await client.watch(`${ALL}?watch=1&resourceVersion=2`);
  await watching.done;
  expect(watching.events).toMatchObject([
    {
      type: 'ERROR',
      object: {
        kind: 'Status',
        code: 410,
        reason: 'Expired',
        message: 'too old resource version: 2 (3)',
      },
    },
  ]);
});

it('answers a page that is too old with 410', async () => {
  ['a', 'b', 'c'].forEach(name => store.apply(kustomization(name)));
  const first = await client.call(`${ALL}?limit=1`);
  expect(first.body.metadata.remainingItemCount).toBe(2);
  store.apply(kustomization('d'));
  store.compact();
  const token = first.body.metadata.continue;
  const second = await client.call(`${ALL}?limit=1&continue=${token}`);
  expect(second).toMatchObject({ status: 410, body: { reason: 'Expired' } });
  const wrong = await client.call(`${ALL}?limit=1&continue=x`);
  expect(wrong).toMatchObject({ status: 400, body: { reason: 'BadRequest' } });
});

it('does not let a storm within one turn outrun a watch', async () => {
  const watching = await client.watch(
    `${ALL}?watch=1&resourceVersion=${store.resourceVersion}`,
  );
  for (let n = 0; n < 2000; n += 1) {
    store.apply(kustomization('a', { spec: { n } }));
  }
  await watching.until(({ events }) => events.length === 2000);
  expect(watching.events[1999].object.spec).toEqual({ n: 1999 });
  await watching.stop();
});

it('ends a watch when its time is over, after a bookmark', async () => {
  const watching = await client.watch(
    `${ALL}?watch=1&resourceVersion=1&timeoutSeconds=1&allowWatchBookmarks=true`,
  );
  await watching.done;
  expect(watching).toMatchObject({ broken: false, rest: '' });
  expect(watching.events[watching.events.length - 1].type).toBe('BOOKMARK');
});

it('lets a watch from the future wait, as Kubernetes does', async () => {
  const watching = await client.watch(`${ALL}?watch=1&resourceVersion=3`);
  ['a', 'b', 'c'].forEach(name => store.apply(kustomization(name)));
  await watching.until(({ events }) => events.length > 0);
  expect(watching.events.map(({ object }) => keyOf(object))).toEqual([
    'flux-system/c',
  ]);
  await watching.stop();
  const listed = await client.call(`${ALL}?resourceVersion=99`);
  expect(listed).toMatchObject({ status: 504, body: { reason: 'Timeout' } });
});
