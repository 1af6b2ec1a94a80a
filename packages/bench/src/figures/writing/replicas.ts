import { join } from 'node:path';
import { median, percentile } from '../../lib/statistics.ts';
import type { Figure } from '../../types.ts';
import { ConfigRepository } from './ConfigRepository.ts';
import { pushUntil } from './rivals.ts';
import { WriterProcess } from './WriterProcess.ts';

/** Five a second. */
const OTHER_EVERY_MS = 200;
/** Between two approvals: on a busy day there are minutes. */
const APPROVE_EVERY_MS = 1_000;
const rest = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** When each request was first seen on the branch, in milliseconds since 1970. */
async function watchArrivals(
  repository: ConfigRepository,
  from: string,
  count: number,
): Promise<Map<number, number>> {
  const seen = new Map<number, number>();
  let tip = from;
  const deadline = Date.now() + 180_000;
  while (seen.size < count && Date.now() < deadline) {
    if (repository.tip === tip) {
      await rest(1);
      continue;
    }
    const at = Date.now();
    const next = repository.tip;
    for (const number of await repository.requestsSince(tip)) {
      if (!seen.has(number)) seen.set(number, at);
    }
    tip = next;
  }
  return seen;
}

/** Two replicas on PostgreSQL, while another program pushes all the time. */
export async function measureReplicas(options: {
  root: string;
  repository: ConfigRepository;
  folder: string;
  library: string;
  requests: number;
}): Promise<Figure[]> {
  const { repository, folder, library } = options;
  const { startPostgres } = await import(
    join(options.root, 'scripts/lib/postgres.mjs')
  );
  const postgres = await startPostgres();
  const replicas: WriterProcess[] = [];
  const stop = new AbortController();
  try {
    const start = (name: string) =>
      WriterProcess.start(
        {
          library,
          folder,
          remote: repository.path,
          name,
          databaseUrl: postgres.connectionString,
        },
        repository.tip,
      );
    for (const name of ['one', 'two']) replicas.push(await start(name));
    const wishes = repository.services
      .slice(0, options.requests)
      .map(service => ({ service, environment: 'dev', build: 40_000 }));
    const numbers = await replicas[0].ask(wishes);
    const before = repository.tip;
    const other = pushUntil(repository, folder, {
      everyMs: OTHER_EVERY_MS,
      signal: stop.signal,
    });
    const startedAt = performance.now();
    const arrivals = watchArrivals(repository, before, numbers.length);
    const approvals = new Map<number, number>();
    for (const [i, number] of numbers.entries()) {
      const { approvedAt } = await replicas[i % 2].approve([number]);
      approvals.set(number, approvedAt);
      await rest(APPROVE_EVERY_MS);
    }
    const seen = await arrivals;
    const seconds = (performance.now() - startedAt) / 1000;
    stop.abort();
    const theirs = await other;
    const found = await repository.requestsSince(before);
    await Promise.all(replicas.map(replica => replica.stop()));

    const times = [...seen].map(([number, at]) => at - approvals.get(number)!);
    const lost = numbers.filter(number => !found.includes(number)).length;
    const doubled = found.length - new Set(found).size;
    const displaced = found.filter((number, i) => number < found[i - 1]).length;
    return [
      {
        name: 'two replicas, another program pushing: lost, doubled or out of order',
        value: lost + doubled + displaced,
        unit: 'requests',
        target: 0,
        note: `${lost} lost, ${doubled} doubled, ${displaced} overtaken of ${
          numbers.length
        }, each for another service; PostgreSQL; the other pushed ${(
          theirs / seconds
        ).toFixed(1)} commits a second`,
      },
      {
        name: 'two replicas, another program pushing: approval to commit, p95',
        value: percentile(times, 0.95),
        unit: 'ms',
        target: 3_000,
        note: `median ${median(times).toFixed(
          0,
        )} ms; half of them approved on the replica that doesn't write`,
      },
    ];
  } finally {
    stop.abort();
    replicas.forEach(replica => replica.kill());
    await postgres.stop();
  }
}
