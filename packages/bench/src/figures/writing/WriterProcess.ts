import { ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
      { execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] },
    );
    const writer = new WriterProcess(child);
    await writer.#tell('start');
    await writer.read(tip);
    return writer;
  }

  read(tip: string): Promise<void> {
    return this.#tell('read', tip);
  }

  ask(wishes: Wish[]): Promise<number[]> {
    return this.#tell('ask', wishes);
  }

  /** Resolves to when the approvals were written, in milliseconds since 1970. */
  approve(numbers: number[]): Promise<number> {
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

  /** Resident memory of the process and all that it started, in MB (Linux). */
  memory(): number {
    return sumMemory(this.#child.pid!, readParents());
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

function readParents(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(
        stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0],
      );
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return children;
}

/** Shared pages count once: of git's, nearly all are its program. */
function sumMemory(pid: number, children: Map<number, number[]>): number {
  let sum = 0;
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    sum = Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    // It has ended meanwhile.
  }
  for (const child of children.get(pid) ?? []) {
    sum += sumMemory(child, children);
  }
  return sum;
}
