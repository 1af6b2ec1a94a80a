/** What a request may take, in time and in memory. Times are milliseconds. */
export interface KubeLimits {
  connectTimeoutMs: number;
  /** From a connection to the first word of an answer; a long list takes a while to be put together. */
  responseTimeoutMs: number;
  /** Between two pieces of an answer that isn't a stream. */
  bodyIdleMs: number;
  /** For an answer that isn't a stream, from beginning to end. */
  totalTimeoutMs: number;
  /** A watch that says nothing for longer is opened again. Bookmarks come about once a minute. */
  streamIdleMs: number;
  /** A line that has begun and doesn't go on is a fault. */
  lineIdleMs: number;
  /** A program that gets a credential. */
  credentialTimeoutMs: number;
  /** Larger objects are left out. etcd's own limit is 1.5 MB. */
  maxObjectBytes: number;
  /** Connections to one cluster at a time; each watch has one. */
  maxConnections: number;
}

export const DEFAULT_LIMITS: KubeLimits = {
  connectTimeoutMs: 5_000,
  responseTimeoutMs: 30_000,
  bodyIdleMs: 10_000,
  totalTimeoutMs: 120_000,
  streamIdleMs: 75_000,
  lineIdleMs: 5_000,
  credentialTimeoutMs: 15_000,
  maxObjectBytes: 1024 * 1024,
  maxConnections: 48,
};
