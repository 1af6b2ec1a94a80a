/** The parts of a probe, in their order. */
export const PHASES = ['dns', 'connect', 'tls', 'answer'] as const;
export type Phase = (typeof PHASES)[number];

/** How a probe can end. */
export const RESULTS = [
  'success',
  'timeout',
  'refused',
  'unreachable',
  'reset',
  'dns',
  'tls',
  'status',
  'protocol',
  'error',
] as const;
export type Result = (typeof RESULTS)[number];
export type Failure = Exclude<Result, 'success'>;

/** Milliseconds of each phase that took place. */
export type PhaseTimes = Partial<Record<Phase, number>>;

/** The cluster that is probed from. */
export interface Source {
  cluster: string;
  provider: string;
  region?: string;
}

/** Paths of files, all PEM. */
export interface TlsFiles {
  /** Trusted besides the authorities that are trusted anyway. */
  ca?: string;
  /** What we show, and its key: both or none. */
  cert?: string;
  key?: string;
  /** The name to ask for and to verify; the host's by default. */
  serverName?: string;
}

/** What is probed, and how. */
export interface Target {
  /** The target cluster, or another name that says where the link leads. */
  name: string;
  provider: string;
  kind: 'http' | 'tcp';
  /** A name or an address; an IPv6 address without brackets. */
  host: string;
  port: number;
  /** Of addresses of both families only these. */
  family?: 4 | 6;
  /** Path and query; `http` alone. */
  path: string;
  /** Statuses that are well; any of 200 to 299 when there are none. */
  expectStatus: number[];
  /** TLS is spoken where this is. */
  tls?: TlsFiles;
  /** A new connection for each probe. */
  freshConnections: boolean;
  intervalMs: number;
  /** For everything: DNS, connect, TLS and answer. */
  deadlineMs: number;
  origin: 'config' | 'file' | 'links';
}

/** What a probe found. */
export type Outcome =
  | {
      result: 'success';
      /** Without DNS: the name server isn't on the link. */
      durationMs: number;
      phases: PhaseTimes;
      /** When phases began and ended, by the process' own clock. */
      moments: number[];
    }
  | {
      result: Failure;
      /** One sentence. */
      reason: string;
      /** The phase that it ended in. */
      phase: Phase;
      /** Since the probe's start. */
      elapsedMs: number;
      phases: PhaseTimes;
    };
