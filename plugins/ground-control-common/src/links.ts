import { LinkFacts, LinkTrust } from './linkFacts';

/**
 * How a link stands, a direction from one cluster to another. Decided on the
 * server, of what holds now: the same whichever window and percentile is shown.
 *
 * - `hidden`: the reader may not see one of the clusters.
 * - `not-linked`: no link from the one to the other.
 * - `stale`: what measures from there was not heard of lately, so that what it
 *   last said may no longer be so.
 * - `never-sampled`: linked, and no probe was ever answered or lost.
 * - `down`: nothing gets through.
 * - `high`, `elevated`: slower than is usual for the pair, or probes are lost.
 * - `normal`: none of these.
 *
 * @public
 */
export type LinkState =
  | 'down'
  | 'high'
  | 'elevated'
  | 'stale'
  | 'never-sampled'
  | 'normal'
  | 'not-linked'
  | 'hidden';

/**
 * All of them, worst first: the first that occurs is the summary of several
 * links.
 *
 * @public
 */
export const LINK_STATES: readonly LinkState[] = [
  'down',
  'high',
  'elevated',
  'stale',
  'never-sampled',
  'normal',
  'not-linked',
  'hidden',
];

/**
 * Why a link is in its state, for machines.
 *
 * - `as-usual`: near its baseline, and nothing is lost.
 * - `no-baseline`: there is no day of samples yet, so it is judged by loss alone.
 * - `slower`: slower than the baseline.
 * - `loss`: probes are lost.
 * - `no-answer`: none was answered for more than three intervals, though none
 *   was counted as lost.
 * - `all-lost`: every probe since the last answer was lost.
 * - `not-alive`: what measures says that the other end is gone.
 * - `not-sampled`: no sample was ever taken.
 * - `source-stale`, `source-unreachable`, `source-forbidden`, `source-failing`:
 *   why the source of the samples isn't heard of.
 * - `no-source`: nothing measures from that cluster.
 * - `not-linked`, `hidden`: as the state.
 *
 * @public
 */
export type LinkCode =
  | 'as-usual'
  | 'no-baseline'
  | 'slower'
  | 'loss'
  | 'no-answer'
  | 'all-lost'
  | 'not-alive'
  | 'not-sampled'
  | 'source-stale'
  | 'source-unreachable'
  | 'source-forbidden'
  | 'source-failing'
  | 'no-source'
  | 'not-linked'
  | 'hidden';

/** How far back samples are looked at. @public */
export type LatencyWindow = '5m' | '1h' | '24h' | '7d';

/** All windows, the shortest first. @public */
export const LATENCY_WINDOWS: readonly LatencyWindow[] = [
  '5m',
  '1h',
  '24h',
  '7d',
];

/** @public */
export type LatencyPercentile = 'p50' | 'p95' | 'p99';

/** All percentiles, the lowest first. @public */
export const LATENCY_PERCENTILES: readonly LatencyPercentile[] = [
  'p50',
  'p95',
  'p99',
];

/**
 * A link with its numbers. `from` and `to` are names of clusters, in the
 * direction of the calls. Of a `hidden` link they alone are given, and the rest
 * says nothing.
 *
 * @public
 */
export interface LinkCell {
  from: string;
  to: string;
  state: LinkState;
  code: LinkCode;
  /** Since when it is in this state, ISO 8601; null when unknown. */
  since: string | null;
  /**
   * The percentile over the window, in milliseconds. Null where there are too
   * few samples, and while the link is down; of a stale link the last one.
   */
  valueMs: number | null;
  /** The value lies in a bucket that is wider than 15 % of it. */
  approximate: boolean;
  /** There are as many answered probes as the percentile needs. */
  enough: boolean;
  /** How many that are. */
  needed: number;
  /** What is usual for the percentile, in milliseconds; null without a day of samples. */
  baselineMs: number | null;
  /** Lost probes of all in the window, 0 to 1; null without samples. */
  loss: number | null;
  /** Not every lost probe is counted, so that `loss` is a lower bound. */
  lossAtLeast: boolean;
  /** Probes in the window, answered or lost. */
  samples: number;
  /** When the last probe was counted, ISO 8601. */
  sampledAt: string | null;
  /** When a probe was last answered, ISO 8601. */
  lastSuccessAt: string | null;
  /** The latency source that the numbers come from. */
  source: string | null;
  /** What was probed, such as `gateway /ready, every 3 s`. */
  probe: string | null;
}

/**
 * How what measures from a cluster is heard of.
 *
 * - `fresh`: lately.
 * - `stale`: not lately, for no known reason.
 * - `unreachable`: no connection, or no answer in time.
 * - `forbidden`: it doesn't let us read (401 or 403).
 * - `failing`: it answers with what can't be used; the reason tells.
 * - `none`: nothing measures from there.
 *
 * @public
 */
export interface LinkSource {
  state: 'fresh' | 'stale' | 'unreachable' | 'forbidden' | 'failing' | 'none';
  /** When it was last heard of, ISO 8601. */
  sampledAt: string | null;
  /** Why it isn't fresh, in plain words and without credentials. */
  reason: string | null;
}

/** A cluster as links name it. @public */
export interface LinkCluster {
  name: string;
  provider: string | null;
  region: string | null;
  /** Absent for a cluster that carries no step of promotion. */
  environment?: string;
  /** What it is for, as configured, where it carries no environment. */
  role?: string;
  /** Of what is measured from there. */
  source: LinkSource;
}

/**
 * All links. A pair of clusters that isn't in `cells` is not linked.
 *
 * @public
 */
export interface LinkMatrix {
  asOf: string;
  window: LatencyWindow;
  percentile: LatencyPercentile;
  /** In the configured order; those that are only known as targets come last. */
  clusters: LinkCluster[];
  cells: LinkCell[];
  /** Links whose ends don't trust each other, or soon won't. */
  trust: LinkTrustNotice[];
}

/** The meshes of two clusters don't trust each other, or soon won't. @public */
export interface LinkTrustNotice {
  from: string;
  to: string;
  trust: Exclude<LinkTrust, 'shared' | 'unknown'>;
  /** When the last root that both have ends, ISO 8601. */
  endsAt: string | null;
}

/** A link over a span of time; milliseconds are null with too few samples. @public */
export interface LinkPoint {
  /** When the span began, ISO 8601. */
  at: string;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  /** Between them lies the middle half of what is usual for the asked percentile. */
  baselineLow: number | null;
  baselineHigh: number | null;
  /** Probes, answered or lost. */
  samples: number;
  /** Lost probes. */
  failures: number;
}

/** A probe that was lost. @public */
export interface LinkFailure {
  /** ISO 8601. */
  at: string;
  /** `timeout`, `refused`, `unreachable`, `reset`, `dns`, `tls`, `status`, `protocol` or `error`. */
  result: string;
  /** One sentence. */
  reason: string;
  /** Where it ended: `dns`, `connect`, `tls` or `answer`. */
  phase?: string;
  elapsedMs?: number;
}

/** One link over time. @public */
export interface LinkPair {
  asOf: string;
  from: string;
  to: string;
  window: LatencyWindow;
  percentile: LatencyPercentile;
  /** The link over each window. */
  cells: Record<LatencyWindow, LinkCell>;
  /** The link back, over the asked window; null where there is none. */
  reverse: LinkCell | null;
  /** The span of each point, in seconds. */
  stepSeconds: number;
  /** In order of time; a span without samples is left out. */
  points: LinkPoint[];
  /** The last 20, newest first. */
  failures: LinkFailure[];
  /** What the source cluster says of the link; null where it isn't watched. */
  link: LinkFacts | null;
}

/** Which numbers of links are shown. @public */
export interface LinkQuery {
  /** `5m` by default. */
  window?: LatencyWindow;
  /** `p95` by default. */
  percentile?: LatencyPercentile;
}
