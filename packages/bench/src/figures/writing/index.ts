import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, percentile } from '../../lib/statistics.ts';
import type { Context, Figure, Measurement } from '../../types.ts';
import { buildLibrary } from './buildLibrary.ts';
import { ConfigRepository } from './ConfigRepository.ts';
import { measureReplicas } from './replicas.ts';
import { timeRivals } from './rivals.ts';
import type { Wish } from './worker.ts';
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
    const { approvedAt } = await writer.approve([number]);
    times.push((await moved) - approvedAt);
    // Ingest, which reads the commit, is no part of it.
    await rest(500);
  }
  return times;
}

/** So many releases, each of another service or environment. */
function wishFor(
  { services }: ConfigRepository,
  count: number,
  build: number,
): Wish[] {
  return Array.from({ length: count }, (_, i) => ({
    service: services[i % services.length],
    environment: i < services.length ? 'dev' : 'staging',
    // A build holds the files of one environment.
    build: i < services.length ? build : build + 1,
  }));
}

/**
 * Seconds from before the first is approved until all are on the remote, and
 * the memory meanwhile.
 */
async function timeAtOnce(
  repository: ConfigRepository,
  writer: WriterProcess,
  wishes: Wish[],
): Promise<{ seconds: number; memory: number }> {
  const count = wishes.length;
  const numbers = await writer.ask(wishes);
  const before = repository.tip;
  let memory = writer.memory();
  const sampling = setInterval(() => {
    memory = Math.max(memory, writer.memory());
  }, 50);
  const { beganAt } = await writer.approve(numbers);
  let found: number[] = [];
  let endedAt = beganAt;
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
  return { seconds: (endedAt - beganAt) / 1000, memory };
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

/** So many of a list, from all over it; those of another shift are others. */
function spread<T>(all: T[], count: number, shift: number): T[] {
  const step = Math.floor(all.length / count);
  return Array.from({ length: count }, (_, i) => all[i * step + shift]);
}

async function measureOne(library: string): Promise<Figure[]> {
  const size = { services: SERVICES, history: HISTORY };
  return withRepository(size, async (repository, folder) => {
    // Each way finds the repository as it was before the other.
    const copy = await repository.copy(join(folder, 'copy.git'));
    const wishes = wishFor(repository, AT_ONCE, 20_000);
    const { idle, storm } = await withWriter(
      library,
      repository,
      folder,
      async writer => ({
        idle: await timeOneByOne(repository, writer),
        storm: await timeAtOnce(repository, writer, wishes),
      }),
    );
    const rivals = await timeRivals(copy, folder, {
      checkout: spread(wishes, RIVAL_RELEASES, 0),
      plumbing: spread(wishes, RIVAL_RELEASES, 1),
    });
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
        note: `${storm.seconds.toFixed(
          1,
        )} s from the first approval, ingest of them included; SQLite`,
      },
      {
        name: 'a shallow clone with a checkout, commit and push for each, against that',
        value: rivals.checkout / each,
        unit: '×',
        target: 50,
        atLeast: true,
        note: `${rivals.checkout.toFixed(
          2,
        )} s a release, median of ${RIVAL_RELEASES} of these on a copy`,
      },
      {
        name: 'a shallow clone without a checkout, against that',
        value: rivals.plumbing / each,
        unit: '×',
        target: 10,
        atLeast: true,
        note: `${rivals.plumbing.toFixed(
          2,
        )} s a release, median of ${RIVAL_RELEASES} of these on a copy`,
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
        const wishes = wishFor(repository, count, 30_000);
        return (await timeAtOnce(repository, writer, wishes)).memory;
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
        name: `memory of the process that writes, ${
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
 * processes that have nothing else: the portal's own load is other figures',
 * an approval in it `deciding`.
 */
export const writingFigures: Measurement = {
  id: 'writing',
  title: 'Writing releases',
  measure: measureWriting,
};
