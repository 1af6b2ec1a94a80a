import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, percentile } from '../../lib/statistics.ts';
import type { Context, Figure, Measurement } from '../../types.ts';
import { buildLibrary } from './buildLibrary.ts';
import { ConfigRepository } from './ConfigRepository.ts';
import { measureReplicas } from './replicas.ts';
import { timeRivals } from './rivals.ts';
import { WriterProcess } from './WriterProcess.ts';

/** How much is done for each figure; less is for trying it out. */
const SCALE = Number(process.env.BENCH_WRITING_SCALE ?? 1);
const IDLE = Math.round(60 * SCALE);
const AT_ONCE = Math.round(500 * SCALE);
const RIVAL_RELEASES = Math.max(2, Math.round(9 * SCALE));
const SERVICES = Math.round(450 * Math.max(SCALE, 0.1));
const HISTORY = Math.round(3_000 * SCALE);
const rest = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Milliseconds from an approval to its commit on the remote, one at a time. */
async function timeOneByOne(
  repository: ConfigRepository,
  writer: WriterProcess,
): Promise<number[]> {
  const wishes = repository.services.slice(0, IDLE).map(service => ({
    service,
    environment: 'prod',
    build: 10_000,
  }));
  const times: number[] = [];
  for (const number of await writer.ask(wishes)) {
    const { tip } = repository;
    const moved = repository.moved(tip).then(() => Date.now());
    const approvedAt = await writer.approve([number]);
    times.push((await moved) - approvedAt);
    // Ingest, which reads the commit, is no part of it.
    await rest(500);
  }
  return times;
}

/** Seconds until all of so many are on the remote, and the memory meanwhile. */
async function timeAtOnce(
  repository: ConfigRepository,
  writer: WriterProcess,
  count: number,
  build: number,
): Promise<{ seconds: number; memory: number }> {
  const wishes = Array.from({ length: count }, (_, i) => ({
    service: repository.services[i % repository.services.length],
    environment: i < repository.services.length ? 'dev' : 'staging',
    // A build holds the files of one environment.
    build: i < repository.services.length ? build : build + 1,
  }));
  const numbers = await writer.ask(wishes);
  const before = repository.tip;
  let memory = writer.memory();
  const sampling = setInterval(() => {
    memory = Math.max(memory, writer.memory());
  }, 50);
  const approvedAt = await writer.approve(numbers);
  let found: number[] = [];
  let endedAt = approvedAt;
  for (let tip = before; found.length < count; ) {
    await repository.moved(tip);
    endedAt = Date.now();
    tip = repository.tip;
    found = await repository.requestsSince(before);
  }
  clearInterval(sampling);
  if (found.join() !== numbers.join()) {
    throw new Error('The commits are not those that were asked for, in order');
  }
  return { seconds: (endedAt - approvedAt) / 1000, memory };
}

/** Runs work in a folder of its own, with a repository of that size. */
async function withRepository<T>(
  size: { services: number; history: number },
  work: (repository: ConfigRepository, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ground-control-writing-'));
  try {
    return await work(ConfigRepository.create(folder, size), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs work with a process on SQLite, which ends with it. */
async function withWriter<T>(
  library: string,
  repository: ConfigRepository,
  folder: string,
  work: (writer: WriterProcess) => Promise<T>,
): Promise<T> {
  const remote = repository.path;
  const writer = await WriterProcess.start(
    { library, folder, remote, name: 'one' },
    repository.tip,
  );
  try {
    const result = await work(writer);
    await writer.stop();
    return result;
  } catch (error) {
    const states = JSON.stringify(await writer.states());
    throw new Error(`${(error as Error).message}: ${states}`, { cause: error });
  } finally {
    writer.kill();
  }
}

async function measureOne(library: string): Promise<Figure[]> {
  const size = { services: SERVICES, history: HISTORY };
  return withRepository(size, async (repository, folder) => {
    const { idle, storm } = await withWriter(
      library,
      repository,
      folder,
      async writer => ({
        idle: await timeOneByOne(repository, writer),
        storm: await timeAtOnce(repository, writer, AT_ONCE, 20_000),
      }),
    );
    const rivals = await timeRivals(repository, folder, RIVAL_RELEASES);
    const each = storm.seconds / AT_ONCE;
    return [
      {
        name: 'approval to commit on a local remote, idle, p95',
        value: percentile(idle, 0.95),
        unit: 'ms',
        target: 500,
        note: `${idle.length} requests one after the other; median ${median(
          idle,
        ).toFixed(0)} ms; judged again and built from the store meanwhile`,
      },
      {
        name: `${AT_ONCE} approved requests at once, until all are on the remote`,
        value: AT_ONCE / storm.seconds,
        unit: 'commits/s',
        target: 50,
        atLeast: true,
        note: `${storm.seconds.toFixed(1)} s, ingest of them included; SQLite`,
      },
      {
        name: 'a shallow clone with a checkout, commit and push for each, against that',
        value: rivals.checkout / each,
        unit: '×',
        target: 50,
        atLeast: true,
        note: `${rivals.checkout.toFixed(
          2,
        )} s a release, median of ${RIVAL_RELEASES}`,
      },
      {
        name: 'a shallow clone without a checkout, against that',
        value: rivals.plumbing / each,
        unit: '×',
        target: 10,
        atLeast: true,
        note: `${rivals.plumbing.toFixed(
          2,
        )} s a release, median of ${RIVAL_RELEASES}`,
      },
    ];
  });
}

/**
 * The most that a process and its children took while it wrote. It begins where
 * another has read the history into the tables, as a backend does every day but
 * its first: what reading takes, V8 keeps for long, and is another figure.
 */
async function measureMemory(
  library: string,
  services: number,
): Promise<number> {
  return withRepository(
    { services, history: 0 },
    async (repository, folder) => {
      await withWriter(library, repository, folder, writer => writer.count());
      return withWriter(library, repository, folder, async writer => {
        await rest(2_000);
        const count = Math.min(200, repository.services.length);
        return (await timeAtOnce(repository, writer, count, 30_000)).memory;
      });
    },
  );
}

async function measureWriting(context: Context): Promise<Figure[]> {
  const folder = await mkdtemp(join(context.root, '.data', 'writing-'));
  try {
    const library = await buildLibrary(context.root, folder);
    const one = await measureOne(library);
    context.say('Two replicas, and another program that pushes…');
    const size = { services: SERVICES, history: 0 };
    const replicas = await withRepository(size, (repository, work) =>
      measureReplicas({
        root: context.root,
        repository,
        folder: work,
        library,
        requests: IDLE,
      }),
    );
    context.say('Memory…');
    const small = await measureMemory(library, SERVICES);
    const large = await measureMemory(library, SERVICES * 10);
    return [
      ...one,
      ...replicas,
      {
        name: `memory while writing, ${
          SERVICES * 10
        } services against ${SERVICES}`,
        value: large / small,
        unit: '×',
        target: 1.1,
        note: `${small.toFixed(0)} MB and ${large.toFixed(
          0,
        )} MB at the highest, git's processes included; the history was read before`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writing releases. Measured on the parts of the backend that write, in
 * processes that have nothing else: the portal's own load is other figures'.
 */
export const writingFigures: Measurement = {
  id: 'writing',
  title: 'Writing releases',
  measure: measureWriting,
};
