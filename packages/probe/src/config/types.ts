import type { Source, Target } from '../types.ts';

/** Where the Links of the cluster are asked for. */
export interface LinksConfig {
  /** The cluster that the probe runs in when there is none. */
  server?: URL;
  tokenFile?: string;
  caFile?: string;
  /** All when there is none. */
  namespace?: string;
  intervalMs: number;
}

/** The configuration as it is used: defaults filled in, paths absolute. */
export interface Config {
  source: Source;
  listen: { host?: string; port: number };
  intervalMs: number;
  deadlineMs: number;
  /** The share of an interval that chance may shorten it by. */
  jitter: number;
  /** The provider of target clusters that don't say theirs. */
  providers: Record<string, string>;
  /** Those of the file of targets among them. */
  targets: Target[];
  links?: LinksConfig;
  /** Every file that this was read from, to be watched. */
  files: string[];
}
