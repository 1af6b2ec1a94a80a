import { Knex } from 'knex';
import { LatencyWorld, TestProbe } from './LatencyWorld';

/** What a test has of a world. */
export interface OpenWorld {
  world: LatencyWorld;
  /** In the order of their clusters. */
  probes: TestProbe[];
  stop(): Promise<void>;
}

/**
 * A service that reads probes over HTTP, after its first reading.
 *
 * @param clusters - the targets of each; what follows # in a name tells two
 * probes of one cluster apart
 */
export async function openLatencyWorld(
  knex: Knex,
  clusters: Record<string, string[]>,
  options: {
    baselineMs?: number;
    /** Of the probes; long by default. */
    timeoutMs?: Record<string, number>;
  } = {},
): Promise<OpenWorld> {
  const names = Object.keys(clusters);
  const probes = await Promise.all(
    names.map(name => TestProbe.start(name.replace(/#.*/, ''), clusters[name])),
  );
  for (const [i, probe] of probes.entries()) {
    probe.timeoutMs = options.timeoutMs?.[names[i]] ?? probe.timeoutMs;
  }
  const sources = () =>
    probes.map((probe, i) =>
      Object.assign(probe.source(), {
        id: names[i],
        label: `probe ${names[i]}`,
      }),
    );
  const world = new LatencyWorld(knex, sources, options);
  world.start();
  await world.step(0);
  return {
    world,
    probes,
    async stop() {
      await world.stop();
      for (const probe of probes) await probe.server.stop();
    },
  };
}
