import { Knex } from 'knex';

/** What a writing process is started with; it crosses a process as JSON. */
export interface WriterSettings {
  /** The file that is run; one that writes releases alone where absent. */
  worker?: string;
  database: Knex.Config;
  remote: { url: string; username: string; password: string };
  /** Of the mirrors. */
  directory: string;
  storeFolder: string;
  leaseTtlMs: number;
  timeoutMs: number;
  /** How often it reads the branch without being told; twice a second by default. */
  pollIntervalMs?: number;
  /** A file that what it logs is appended to. */
  logFile: string;
  signing?: { format: 'ssh'; keyFile: string };
  /** Where it stands still; see Halt. */
  halt?: { folder: string; beforeCommitOf: string };
}

/** A database that processes of their own can open too. */
export interface FaultDatabase {
  config: Knex.Config;
  knex: Knex;
  close(): Promise<void>;
}
