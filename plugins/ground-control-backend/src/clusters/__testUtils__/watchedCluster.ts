import { until } from '../../__testUtils__/until';
import {
  colored,
  definitionOf,
  DEPLOYMENTS_PATH,
  KUSTOMIZATIONS_PATH,
  QUICK,
  Watcher,
} from './WatchFixture';
import { ScriptedCluster } from './ScriptedCluster';

const SERVES = [KUSTOMIZATIONS_PATH, DEPLOYMENTS_PATH];
const stops: (() => Promise<void>)[] = [];

/** Ends all that a test began. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

/** A cluster and its watcher, live and with one object. */
export async function watched(
  name: string,
  options: {
    definition?: Parameters<typeof definitionOf>[1];
    tls?: { key: string; cert: string };
    expectLive?: boolean;
    timings?: Partial<typeof QUICK>;
  } = {},
) {
  const cluster = new ScriptedCluster(name, {
    serves: SERVES,
    token: `canary-${name}`,
    tls: options.tls,
  });
  await cluster.start();
  stops.push(() => cluster.stop());
  cluster.put(KUSTOMIZATIONS_PATH, colored('k', 'red'));
  const watcher = new Watcher(definitionOf(cluster, options.definition), {
    timings: options.timings,
  });
  stops.push(() => watcher.watching.stop());
  watcher.watching.start();
  const stateIs = (state: string, ms?: number) =>
    until(() => watcher.state === state, {
      seen: () => watcher.watching.reading,
      ms,
    });
  const becomesExact = async (color: string) => {
    cluster.put(KUSTOMIZATIONS_PATH, colored('k', color));
    await until(
      () => watcher.state === 'live' && watcher.held()['ns/k'] === color,
      { seen: () => [watcher.watching.reading, watcher.held()] },
    );
  };
  if (options.expectLive !== false) {
    await stateIs('live');
    await until(() => cluster.openWatches === 2);
  }
  return { cluster, watcher, stateIs, becomesExact };
}

/** What every fault must leave alone: another cluster, live and exact throughout. */
export async function withOther(work: () => Promise<void>) {
  const other = await watched('other');
  await work();
  await other.becomesExact('green');
  const states = other.watcher.readings.map(reading => reading.state);
  expect(new Set(states.slice(states.indexOf('live')))).toEqual(
    new Set(['live']),
  );
}

/** Nothing that a watcher says holds its token, or the line of a stack. */
export function expectPlainWords(watcher: Watcher) {
  const said = JSON.stringify([watcher.readings, watcher.logger.lines]);
  expect(said).not.toMatch(/canary|Bearer|\n\s+at /);
}
