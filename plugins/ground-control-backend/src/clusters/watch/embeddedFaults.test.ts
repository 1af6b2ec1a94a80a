import {
  CLUSTER_FAULTS,
  ClusterFault,
  createClusterServer,
  createObjectStore,
} from '@internal/sandbox';
import { until } from '../../__testUtils__/until';
import {
  colored,
  DEPLOYMENTS,
  KUSTOMIZATIONS,
  Watcher,
} from '../__testUtils__/WatchFixture';

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

function createStore(name: string) {
  const store = createObjectStore();
  store.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'kube-system' },
  });
  store.apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-identity', namespace: 'default' },
    data: { clusterName: name },
  });
  return store;
}

/** A cluster of the embedded world, and its watcher. */
async function watched(name: string) {
  const store = createStore(name);
  const server = createClusterServer({ name, port: 0, store, bookmarkMs: 100 });
  await server.start();
  const watcher = new Watcher(
    { name, url: server.url, auth: { kind: 'token', token: server.token } },
    { kinds: [KUSTOMIZATIONS, DEPLOYMENTS] },
  );
  watcher.watching.start();
  stops.push(
    () => server.stop(),
    () => watcher.watching.stop(),
  );
  const paint = (color: string) =>
    store.apply({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      ...colored('k', color),
    });
  const becomesExact = async (color: string) => {
    paint(color);
    await until(
      () => watcher.state === 'live' && watcher.held()['ns/k'] === color,
      {
        seen: () => [color, watcher.watching.reading, watcher.held()],
        ms: 10_000,
      },
    );
  };
  await becomesExact('red');
  return { server, watcher, paint, becomesExact };
}

describe('Every fault of the embedded clusters', () => {
  const states: Record<ClusterFault, string> = {
    refuse: 'unreachable',
    hang: 'unreachable',
    'hang-streams': 'unreachable',
    'half-events': 'unreachable',
    unauthorized: 'unauthorized',
    forbid: 'forbidden',
    // What is open goes on.
    throttle: 'live',
    error: 'failing',
    impostor: 'mistaken',
    'close-watches': 'live',
    gone: 'failing',
    'clock-skew': 'live',
  };
  let one: Awaited<ReturnType<typeof watched>>;
  let other: Awaited<ReturnType<typeof watched>>;

  beforeAll(async () => {
    one = await watched('one');
    other = await watched('other');
  });

  it.each(CLUSTER_FAULTS)(
    '%s: is told, leaves the other alone, and ends',
    async fault => {
      const { server, watcher, paint } = one;
      other.watcher.readings.length = 0;
      const impostor = createStore('impostor');
      await server.setFault(fault, {
        ...(fault === 'forbid' ? { kind: 'deployments' } : {}),
        ...(fault === 'impostor' ? { store: impostor } : {}),
      });
      const before = watcher.readings.length;
      const seen = () => watcher.readings.slice(before).map(r => r.state);
      // Streams show some faults when there is something to tell.
      paint(`during ${fault}`);
      await until(() => (seen().at(-1) ?? watcher.state) === states[fault], {
        seen: () => [watcher.watching.reading, seen()],
      });
      const told = watcher.readings.find(
        ({ state }, at) => at >= before && state === states[fault],
      );
      expect(Boolean(told?.reason) || states[fault] === 'live').toBe(true);
      await other.becomesExact(`beside ${fault}`);

      await server.setFault(undefined);
      await one.becomesExact(`after ${fault}`);
      expect(
        other.watcher.readings.filter(({ state }) => state !== 'live'),
      ).toEqual([]);
    },
  );
});
