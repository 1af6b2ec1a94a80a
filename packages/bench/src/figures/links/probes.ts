// Probes of many clusters as they are deployed, but for the network: what they count, how
// they write it and how they serve it is the agent's own. They run in a process
// of their own, which says its addresses when all of them listen.
import { createRequire } from 'node:module';
import {
  CLUSTERS,
  createLink,
  createRandom,
  INTERVAL_MS,
  nameCluster,
  providerOf,
} from './world.ts';

/** What this process is started with, as JSON in its first argument. */
export interface ProbesOptions {
  /** A bundle of the agent's parts. */
  agent: string;
  /** How many clusters there are; all by default. */
  clusters?: number;
}

const options: ProbesOptions = JSON.parse(process.argv[2]);
// The bundle has no types: it is built from the agent's files at run time.
const agent = createRequire(import.meta.url)(options.agent);
const { clusters = CLUSTERS } = options;
const random = createRandom(1);

function toTarget(index: number) {
  return {
    name: nameCluster(index),
    provider: providerOf(index),
    kind: 'http',
    host: 'gateway.example.com',
    port: 443,
    path: '/ready',
    expectStatus: [],
    freshConnections: true,
    intervalMs: INTERVAL_MS,
    deadlineMs: 3_000,
    origin: 'links',
  };
}

function toOutcome(durationMs: number, isLost: boolean) {
  return isLost
    ? {
        result: 'timeout',
        reason: 'No answer within 3 s',
        phase: 'answer',
        elapsedMs: 3_000,
        phases: {},
      }
    : {
        result: 'success',
        durationMs,
        phases: {
          dns: 1,
          connect: durationMs * 0.3,
          tls: durationMs * 0.4,
          answer: durationMs * 0.3,
        },
        moments: [],
      };
}

/** @returns where its metrics are */
async function startProbe(index: number): Promise<string> {
  const cluster = nameCluster(index);
  const metrics = new agent.ProbeMetrics({
    cluster,
    provider: providerOf(index),
    region: 'eu-1',
  });
  const failures = new agent.FailureLog();
  const others = Array.from({ length: clusters }, (_, i) => i)
    .filter(i => i !== index)
    .map(i => ({ target: toTarget(i), link: createLink(index, i) }));
  metrics.set(others.map(({ target }) => target));
  const probeAll = () => {
    const now = Date.now();
    for (const { target, link } of others) {
      const outcome = toOutcome(link.answer(now, random), random() < link.loss);
      metrics.of(target).ended(outcome, now, true);
      if (outcome.result === 'success') continue;
      failures.add({
        source: cluster,
        target: target.name,
        at: new Date(now).toISOString(),
        result: outcome.result,
        reason: outcome.reason,
        phase: outcome.phase,
        elapsedMs: outcome.elapsedMs,
      });
    }
  };
  // Not all fifty at the same moment.
  setTimeout(() => {
    probeAll();
    setInterval(probeAll, INTERVAL_MS);
  }, (index / clusters) * INTERVAL_MS);
  const { port } = await agent.serve(
    { host: '127.0.0.1', port: 0 },
    {
      metrics: () => metrics.write(),
      failures: () => failures.list(),
      notReady: () => undefined,
    },
  );
  return `http://127.0.0.1:${port}/metrics`;
}

process.on('disconnect', () => process.exit());
Promise.all(Array.from({ length: clusters }, (_, i) => startProbe(i))).then(
  addresses => process.send!(addresses),
);
