import { ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { sharedMemory } from '../../lib/processUsage.ts';
import type { Wish, WorkerOptions } from './worker.ts';

/** A process that writes releases; see worker.ts. */
export class WriterProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve: (value: any) => void; reject: (error: Error) => void }
  >();
  #asked = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, result, error }: any) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(error));
      else waiting?.resolve(result);
    });
    child.on('exit', code => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`The writing process ended with ${code}`));
      }
    });
  }

  /** Starts one, and waits until it has read the branch up to `tip`. */
  static async start(
    options: WorkerOptions,
    tip: string,
  ): Promise<WriterProcess> {
    const child = fork(
      join(import.meta.dirname, 'worker.ts'),
      [JSON.stringify(options)],
      // As docs/running.md advises for the backend.
      {
        execArgv: [
          '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
          '--max-semi-space-size=16',
          '--max-old-space-size=384',
        ],
        env: { ...process.env, MALLOC_ARENA_MAX: '2' },
      },
    );
    const writer = new WriterProcess(child);
    await writer.#tell('start');
    await writer.read(tip);
    return writer;
  }

  read(tip: string): Promise<void> {
    return this.#tell('read', tip);
  }

  /** Waits until all that reading a branch leads to is written. */
  count(): Promise<void> {
    return this.#tell('count');
  }

  ask(wishes: Wish[]): Promise<number[]> {
    return this.#tell('ask', wishes);
  }

  /** Resolves to when approving began and ended, in milliseconds since 1970. */
  approve(numbers: number[]): Promise<{ beganAt: number; approvedAt: number }> {
    return this.#tell('approve', numbers);
  }

  states(): Promise<object[]> {
    return this.#tell('states');
  }

  /** Ends it whatever it does; for when something failed. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#child.once('exit', resolve));
    await this.#tell('stop');
    await ended;
  }

  /** Memory of the process and all that it started, in MB (Linux). */
  memory(): number {
    return sharedMemory(this.#child.pid!);
  }

  #tell(name: string, value?: unknown): Promise<any> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, name, value });
    });
  }
}
