/**
 * What was counted of a link until a moment.
 *
 * @public
 */
export interface LatencyPoint {
  /** Milliseconds since 1970, by our own clock. */
  at: number;
  /** When its counters began, where that is known; milliseconds since 1970. */
  startedAt?: number;
  /**
   * Answered probes by how long they took: one number for each bound, of what
   * lies between it and the bound before, and a last one for what lies above
   * all bounds.
   */
  counts: number[];
  /** Answered probes. */
  ok: number;
  /** Lost probes. */
  failed: number;
  /** Milliseconds since 1970, by our own clock. */
  lastSuccessAt?: number;
  /** Whether the last probe was answered. */
  lastOk?: boolean;
  /** Whether what measures takes the other end for alive. */
  alive?: boolean;
}

/**
 * What was measured of one link, in order of time.
 *
 * @public
 */
export interface LatencySeries {
  /** Names of clusters, in the direction of the calls. */
  from: string;
  to: string;
  /** Such as `aws`, where the source knows. */
  fromProvider?: string;
  toProvider?: string;
  /** What is probed, such as `gateway /ready, every 3 s`. */
  probe: string;
  /** From one probe to the next, in milliseconds. */
  intervalMs?: number;
  /** Upper bounds of the buckets in seconds, ascending, without infinity. */
  bounds: number[];
  /** `running`: counts since the counters began. `each`: of each point alone. */
  counting: 'running' | 'each';
  /** Tells counters of several processes apart: two of them aren't subtracted. */
  counter?: string;
  /** Not every lost probe is counted. */
  lossAtLeast: boolean;
  points: LatencyPoint[];
}

/** A probe that was lost, and why. @public */
export interface LatencyFailure {
  from: string;
  to: string;
  /** Milliseconds since 1970, by our own clock. */
  at: number;
  /** Such as `timeout` or `refused`. */
  result: string;
  /** One sentence. */
  reason: string;
  phase?: string;
  elapsedMs?: number;
}

/** Something in what was read that can't be used as it is. @public */
export interface LatencyProblem {
  /** Lower case, with `-` between words. */
  code: string;
  /** What happened, why, and what to do, for people. */
  message: string;
}

/** @public */
export interface LatencyReading {
  /** Nothing before this moment is left to be read; milliseconds since 1970. */
  until: number;
  /** There is more to be read at once: it is reading up. */
  more?: boolean;
  /** From which clusters it was measured, and when each was last heard of. */
  heard: Array<{ cluster: string; at: number }>;
  series: LatencySeries[];
  failures?: LatencyFailure[];
  problems?: LatencyProblem[];
}

/**
 * Measures links, or knows who did. It is read by one process at a time, and
 * never twice at once.
 *
 * @public
 */
export interface LatencySource {
  /** Unique, and the same after a restart. */
  id: string;
  /** For people, such as `probe of aws-prod-1`. */
  label: string;
  /** How often it is read, in milliseconds. */
  intervalMs: number;
  /** The clusters that it measures from, where that is known without reading. */
  clusters?: string[];
  /**
   * @param options - `since`: `until` of the last reading, or how far back is
   * kept; a source that knows no past needn't look at it
   * @throws LatencyFault where there is no reading
   */
  read(options: {
    since: number;
    now: number;
    signal: AbortSignal;
  }): Promise<LatencyReading>;
}
