// Fills a database with what the backend would have kept of the last 90 days,
// by the functions that it keeps it with, and says how much that is.
import { createRequire } from 'node:module';
import {
  CLUSTERS,
  createLink,
  createRandom,
  INTERVAL_MS,
  type Link,
  LIVED,
  modelOf,
  nameCluster,
  providerOf,
} from './world.ts';

/** What this process is started with, as JSON in its first argument. */
export interface HistoryOptions {
  /** Bundles of the backend's parts and of the agent's. */
  backend: string;
  agent: string;
  /** The database, an SQLite file that isn't there yet. */
  filename: string;
}

/** Bytes in the database with their index, and how many links and days they are. */
export interface HistorySize {
  /** Of one link and day, while five minutes are kept. */
  fiveMinutes: number;
  /** Of one link and day, afterwards. */
  hours: number;
  /** Of all links over 90 days. */
  days: number;
  /** Of everything else that is kept of links. */
  others: number;
}

const DAYS = 90;
const DAYS_OF_FIVES = 8;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIVE_MS = 300_000;
const MINUTE_MS = 60_000;
/** Rows that are made hours of in one transaction. */
const AT_ONCE = 500;

const options: HistoryOptions = JSON.parse(process.argv[2]);
// Bundles have no types: they are built from our packages' files at run time.
const require = createRequire(import.meta.url);
const library = require(options.backend);
const knex = library.createKnex({
  client: 'better-sqlite3',
  connection: { filename: options.filename },
  useNullAsDefault: true,
  pool: { min: 1, max: 1 },
});
const random = createRandom(2);
const BOUNDS: readonly number[] = library.internBounds(
  require(options.agent).BUCKETS,
);

const floorTo = (at: number, length: number) =>
  Math.floor(at / length) * length;
const now = Date.now();
/** The turn of the present hour is left to the backend that is started on it. */
const hour = floorTo(now, HOUR_MS) - HOUR_MS;

const toPair = (from: number, to: number) => ({
  from: nameCluster(from),
  to: nameCluster(to),
  sourceId: `scrape/probe/${nameCluster(from)}`,
});

/** What was counted of a link in spans of that length, as a probe counts it. */
function live(link: Link, from: number, until: number, step: number) {
  const slots = [];
  for (let start = from; start < until; start += step) {
    const counts = new Array<number>(BOUNDS.length + 1).fill(0);
    let failed = 0;
    for (let at = start; at < start + step; at += INTERVAL_MS) {
      if (random() < link.loss) {
        failed += 1;
        continue;
      }
      const seconds = link.answer(at, random) / 1_000;
      let bucket = 0;
      while (bucket < BOUNDS.length && BOUNDS[bucket] < seconds) bucket += 1;
      counts[bucket] += 1;
    }
    const ok = step / INTERVAL_MS - failed;
    slots.push({ start, ok, failed, bounds: BOUNDS, counts });
  }
  return slots;
}

async function liveDays(from: number, to: number): Promise<void> {
  const link = createLink(from, to);
  const first = floorTo(now, DAY_MS) - (DAYS - 1) * DAY_MS;
  for (let day = first; day < hour; day += DAY_MS) {
    const slots = live(link, day, Math.min(day + DAY_MS, hour), FIVE_MS);
    await knex.transaction((tx: unknown) =>
      library.addToDays(tx, toPair(from, to), slots),
    );
  }
}

/** What was of one of the first clusters' links was of all that are like them. */
async function copyDays(from: number): Promise<void> {
  const model = from % LIVED;
  await knex.raw(
    `insert into latency_days (from_cluster, to_cluster, step, day, slots)
     select ?, case to_cluster when ? then ? else to_cluster end,
            step, day, slots
     from latency_days where from_cluster = ?`,
    [
      nameCluster(from),
      nameCluster(from),
      nameCluster(model),
      nameCluster(model),
    ],
  );
}

const summaries = new Map<string, unknown>();

async function summarize(from: number, to: number): Promise<unknown> {
  const model = modelOf(from, to);
  const known = summaries.get(model.join());
  if (known) return known;
  const week = await library.readDays(
    knex,
    toPair(...model),
    hour - 7 * DAY_MS,
  );
  const summary = library.summarize(week, { until: hour, baselineMs: DAY_MS });
  summaries.set(model.join(), summary);
  return summary;
}

/** What the holder of the lease has left of a link. */
async function createPair(from: number, to: number) {
  const link = createLink(from, to);
  const pair = library.createPair(toPair(from, to), now);
  const minute = floorTo(now, MINUTE_MS);
  return Object.assign(pair, {
    probe: 'backbone-gateway-probe, every 5 s',
    intervalMs: INTERVAL_MS,
    fromProvider: providerOf(from),
    toProvider: providerOf(to),
    countedAt: minute,
    minutes: live(link, minute - 20 * MINUTE_MS, minute, MINUTE_MS),
    fives: live(link, hour, floorTo(now, FIVE_MS), FIVE_MS),
    sealedUntil: hour,
    summary: await summarize(from, to),
    sampledAt: minute,
    lastSuccessAt: minute,
    hasCounted: true,
    slowness: [0, 0, 0],
    judgedAt: minute,
    state: 'normal',
    code: 'as-usual',
    since: hour - 7 * DAY_MS,
  });
}

function* listTargets(from: number): Generator<number> {
  for (let to = 0; to < CLUSTERS; to += 1) if (to !== from) yield to;
}

async function fill(): Promise<void> {
  await library.openDatabase({ getClient: async () => knex });
  for (let from = 0; from < LIVED; from += 1) {
    for (const to of listTargets(from)) await liveDays(from, to);
  }
  const today = floorTo(now, DAY_MS);
  const rolling = {
    fivesBefore: today - DAYS_OF_FIVES * DAY_MS,
    hoursBefore: today - DAYS * DAY_MS,
    most: AT_ONCE,
  };
  for (let hasMore = true; hasMore; ) {
    hasMore = await knex.transaction((tx: unknown) =>
      library.rollUpDays(tx, rolling),
    );
  }
  for (let from = LIVED; from < CLUSTERS; from += 1) await copyDays(from);
  for (let from = 0; from < CLUSTERS; from += 1) {
    const pairs: unknown[] = [];
    for (const to of listTargets(from)) pairs.push(await createPair(from, to));
    await knex.transaction(async (tx: unknown) => {
      await library.writePairs(tx, pairs, now);
      await library.writeResumes(tx, pairs);
    });
  }
}

/** Bytes of the pages that tables and their indexes take. */
async function sizeOf(like: string): Promise<number> {
  const [{ bytes }] = await knex.raw(
    `select sum(s.pgsize) as bytes from dbstat s
     join sqlite_master m on m.name = s.name where m.tbl_name like ?`,
    [like],
  );
  return Number(bytes);
}

async function measure(): Promise<HistorySize> {
  await knex.raw('vacuum');
  const days = await sizeOf('latency_days');
  const rows: Array<{ step: string; count: number; bytes: number }> =
    await knex('latency_days')
      .groupBy('step')
      .select('step')
      .count({ count: '*' })
      .select(knex.raw('sum(length(slots)) as bytes'));
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const packed = rows.reduce((sum, row) => sum + row.bytes, 0);
  // Pages hold both: what isn't samples is shared by their number.
  const rest = (days - packed) / count;
  const each = (step: string) => {
    const found = rows.find(row => row.step === step)!;
    return found.bytes / found.count + rest;
  };
  return {
    fiveMinutes: each('5m'),
    hours: each('1h'),
    days,
    others: (await sizeOf('latency_%')) - days,
  };
}

process.on('disconnect', () => process.exit());
fill()
  .then(measure)
  .then(
    async size => {
      await knex.destroy();
      process.send!({ size });
    },
    error => process.send!({ error: String(error?.stack ?? error) }),
  );
