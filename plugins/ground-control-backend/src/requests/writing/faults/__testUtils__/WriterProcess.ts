import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorker } from './bundleWorker';
import { WriterSettings } from './types';

/** Arguments of Node with which it runs our files as they are. */
export const loadTypeScript = [
  '--require',
  require.resolve('@backstage/cli/config/nodeTransform.cjs'),
];

/** Waits for what a process says of that name; how it loads files is said too. */
export function hear(child: ChildProcess, name: string): Promise<unknown> {
  return new Promise(resolve => {
    const listen = (message: Record<string, unknown>) => {
      if (!(name in message)) return;
      child.off('message', listen);
      resolve(message[name]);
    };
    child.on('message', listen);
  });
}

/** A process of its own that writes releases; see worker.ts. */
export class WriterProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  /** @param path - where it looks for git first */
  static async start(
    settings: WriterSettings,
    path?: string,
  ): Promise<WriterProcess> {
    const log = openSync(settings.logFile, 'a');
    const child = fork(
      bundleWorker(settings.worker ?? join(__dirname, 'worker.ts')),
      [JSON.stringify(settings)],
      {
        execArgv: [],
        stdio: ['ignore', log, log, 'ipc'],
        env: {
          PATH: path ? `${path}:${process.env.PATH}` : process.env.PATH,
          TMPDIR: process.env.TMPDIR,
        },
      },
    );
    closeSync(log);
    const started = hear(child, 'started');
    const process_ = new WriterProcess(child);
    await Promise.race([
      started,
      process_.#ended.then(() => {
        throw new Error('The writing process ended before it began');
      }),
    ]);
    return process_;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Nothing of it goes on; its git commands are processes of their own. */
  sleep(): void {
    this.#child.kill('SIGSTOP');
  }

  wake(): void {
    this.#child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
