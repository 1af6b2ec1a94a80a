import { Readable, Writable } from 'node:stream';

/** What is started, as `child_process.spawn` takes it. */
export interface SpawnOrder {
  file: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** How a command ended by itself; `failed` when it could not be started. */
export interface SpawnEnd {
  code: number | null;
  /** Such as ENOENT. */
  failed?: string;
}

/** A command that runs as a process group of its own. @public */
export interface GitChild {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
}

/** The same as the gate to git has it. */
export interface SpawnedChild extends GitChild {
  /** Settles when it has ended and its streams are closed; never rejects. */
  closed: Promise<SpawnEnd>;
  /** Sends a signal to all of the group; to none when it is gone. */
  signal(signal: NodeJS.Signals): void;
}
