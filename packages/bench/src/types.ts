import type { Portal } from './lib/Portal.ts';

/** One measured value against what it must reach. */
export interface Figure {
  /** What was measured, in the words of the promise. */
  name: string;
  value: number;
  unit:
    | 'ms'
    | 's'
    | 'MB'
    | 'kB'
    | 'B'
    | '×'
    | 'nodes'
    | 'calls'
    | 'cores'
    | 'commits/s'
    | 'requests';
  /** The largest value that holds. */
  target: number;
  /** The target is the smallest value that holds instead. */
  atLeast?: boolean;
  /** Number of samples, percentile, circumstances. */
  note?: string;
}

/** A group of figures that are measured together. */
export interface Measurement {
  id: string;
  title: string;
  measure(context: Context): Promise<Figure[]>;
}

/** What measurements share. */
export interface Context {
  /** Starts the deployed portal with a world of its own; it is stopped afterwards. */
  startPortal(options: PortalOptions): Promise<Portal>;
  /** Starts Backstage's own Kubernetes backend on a portal's clusters and catalog. */
  startRival(portal: Portal): Promise<{ url: string; token: string }>;
  /** Path of a Chromium. */
  chromium: string;
  root: string;
  say(text: string): void;
}

/** Which world the portal reads, and how it is configured. */
export interface PortalOptions {
  name: string;
  sandbox?: Record<string, string | number | boolean>;
  /** Which files of the world's catalog are read; all by default. */
  catalog?: string;
  config?: Record<string, unknown>;
  /** Of the backend's process; as docs/running.md advises by default. */
  nodeFlags?: string[];
  /** SQLite by default. */
  database?: 'postgres';
}
