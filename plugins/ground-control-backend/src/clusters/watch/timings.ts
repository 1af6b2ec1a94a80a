import { DEFAULT_LIMITS, KubeLimits } from '../kube';

/** When a watcher does what. Times are milliseconds. */
export interface WatchTimings {
  /** Between two questions whether the cluster is there. */
  askIntervalMs: number;
  /** For the answer to one. With the interval: how soon a hang is noticed. */
  askTimeoutMs: number;
  /** The longest wait before a cluster that is not there is asked again. */
  askMaxBackoffMs: number;
  /** How often its version is asked for. */
  versionIntervalMs: number;
  /** The same while it isn't told. */
  versionRetryMs: number;
  /** After a fault of one kind; doubles. */
  retryMs: number;
  retryMaxMs: number;
  /** The second list within {@link steadyMs} waits this long; doubles. */
  relistMs: number;
  relistMaxMs: number;
  /** A watch that ends sooner than {@link steadyMs} is opened again after this; doubles. */
  reopenMs: number;
  reopenMaxMs: number;
  /** A watch that held this long was a good one. */
  steadyMs: number;
  /** When a kind that is absent, or that we may not read, is tried again. */
  absentMs: number;
  /** The same for a kind that is needed: it comes with Flux, or with rights. */
  neededAbsentMs: number;
  /** A kind that was there counts as absent when it still is after this. */
  absentConfirmMs: number;
  /** What comes within it is told together. */
  tickMs: number;
  /** One object is told of at most once in this time. */
  calmMs: number;
  /** Silence that can't be explained makes a cluster stale. */
  staleAfterMs: number;
  /** Objects of one page of a list. */
  pageSize: number;
  /** Of one kind of one cluster; more are refused as a whole. */
  maxObjects: number;
  /** Lists of one cluster at a time. */
  parallelLists: number;
  /** How long we ask the server to keep a watch, in seconds: from, and up to. */
  watchSeconds: [number, number];
  limits: KubeLimits;
}

/**
 * A cluster that hangs is noticed after at most 3 + 3 seconds, one that
 * refuses after 6: two questions, since one refusal may be a restart of one of
 * several API servers.
 */
export const DEFAULT_TIMINGS: WatchTimings = {
  askIntervalMs: 3_000,
  askTimeoutMs: 3_000,
  askMaxBackoffMs: 10_000,
  versionIntervalMs: 60_000,
  versionRetryMs: 10_000,
  retryMs: 1_000,
  retryMaxMs: 30_000,
  relistMs: 2_000,
  relistMaxMs: 60_000,
  reopenMs: 250,
  reopenMaxMs: 5_000,
  steadyMs: 30_000,
  absentMs: 60_000,
  neededAbsentMs: 10_000,
  absentConfirmMs: 15_000,
  tickMs: 50,
  calmMs: 250,
  staleAfterMs: 30_000,
  pageSize: 250,
  maxObjects: 50_000,
  parallelLists: 3,
  watchSeconds: [300, 600],
  limits: DEFAULT_LIMITS,
};
