/** Fifty clusters, each linked with each: 2,450 links. */
export const CLUSTERS = 50;
export const INTERVAL_MS = 5_000;
/**
 * So many clusters' links differ; those of the others are like one of theirs,
 * because to live through 90 days of 2,450 links would take half an hour.
 */
export const LIVED = 1;
const PROVIDERS = ['aws', 'azure', 'gcp'];

const TABLE = 4_096;
/** Loads of a day that times to answer differ by. */
const HOURS = 24;

/** Name of the cluster at a place from 0 on. */
export function nameCluster(index: number): string {
  return `${providerOf(index)}-prod-${String(index).padStart(2, '0')}`;
}

export function providerOf(index: number): string {
  return PROVIDERS[index % PROVIDERS.length];
}

/** The same numbers each time that it is started with the same seed. */
export function createRandom(seed: number): () => number {
  // Mulberry32.
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What answers a link's probes: how long it takes, and how often it is lost. */
export interface Link {
  /** Milliseconds to an answer, at a moment and by luck. */
  answer(at: number, random: () => number): number;
  /** Share of lost probes. */
  loss: number;
}

/** A table of times whose logarithm is spread as links' times are. */
function tabulate(medianMs: number, spread: number): Float64Array {
  const random = createRandom(Math.round(medianMs * 1_000));
  return Float64Array.from({ length: TABLE }, () => {
    // Box and Muller.
    const normal =
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    // One answer in a hundred takes a way round.
    const tail = random() < 0.01 ? 1 + 4 * random() : 1;
    return medianMs * Math.exp(spread * normal) * tail;
  });
}

/** The link that is lived through, of which another is a copy. */
export function modelOf(from: number, to: number): [from: number, to: number] {
  const model = from % LIVED;
  return [model, to === model ? from : to];
}

/**
 * The link from one cluster to another: near within a provider, farther beyond,
 * slower by day; one in 25 loses a probe now and then.
 */
export function createLink(from: number, to: number): Link {
  const model = modelOf(from, to);
  const random = createRandom(model[0] * CLUSTERS + model[1] + 1);
  const isNear = providerOf(model[0]) === providerOf(model[1]);
  const median = isNear ? 2 + 18 * random() : 15 + 135 * random();
  const loss = random() < 0.04 ? 0.004 : 0;
  const table = tabulate(median, 0.04 + 0.08 * random());
  return {
    loss,
    answer(at, luck) {
      const hour = Math.floor(at / 3_600_000) % HOURS;
      const load = 1 + 0.06 * Math.sin((2 * Math.PI * hour) / HOURS);
      return table[Math.floor(luck() * TABLE)] * load;
    },
  };
}
