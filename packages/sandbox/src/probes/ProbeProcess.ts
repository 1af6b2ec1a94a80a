import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(
  new URL('../../../probe/bin/backbone-gateway-probe', import.meta.url),
);
/** Before a probe that died is started again, at first and at most. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A probe that ran for so long begins with the first pause again. */
const STEADY_MS = 60_000;
/** What it may take to end after it was asked to. */
const GRACE_MS = 4000;
const LAST_LINES = 5;

export interface ProbeProcessOptions {
  cluster: string;
  configPath: string;
  port: number;
  log: (message: string) => void;
}

/**
 * A probe as the program that it is, started anew when it dies. It also ends
 * when its standard input does: so it never outlives this process, whatever
 * became of it.
 */
export class ProbeProcess {
  readonly cluster: string;
  readonly port: number;
  private readonly options: ProbeProcessOptions;
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private pause = FIRST_PAUSE_MS;
  private isStopped = false;

  constructor(options: ProbeProcessOptions) {
    this.options = options;
    this.cluster = options.cluster;
    this.port = options.port;
  }

  get metricsUrl(): string {
    return `http://127.0.0.1:${this.port}/metrics`;
  }

  /** Nothing while it isn't running. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    const startedAt = Date.now();
    const child = spawn(
      process.execPath,
      [PROGRAM, '--config', this.options.configPath, '--log', 'plain'],
      {
        stdio: ['pipe', 'ignore', 'pipe'],
        env: {
          ...process.env,
          BACKBONE_GATEWAY_PROBE_ENDS_WITH_STDIN: '1',
          // Several of them run on one machine.
          MALLOC_ARENA_MAX: '2',
        },
      },
    );
    this.child = child;
    const last: string[] = [];
    createInterface({ input: child.stderr! }).on('line', line => {
      last.push(line);
      last.splice(0, last.length - LAST_LINES);
    });
    child.stdin!.on('error', () => {});
    this.ended = new Promise(resolve => {
      child.once('error', error => {
        last.push(error.message);
        this.died(last, startedAt);
        resolve();
      });
      child.once('exit', () => {
        this.died(last, startedAt);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    const { child } = this;
    child?.kill('SIGTERM');
    const timer = setTimeout(() => child?.kill('SIGKILL'), GRACE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private died(last: string[], startedAt: number): void {
    if (!this.child) {
      return;
    }
    this.child = undefined;
    if (this.isStopped) {
      return;
    }
    if (Date.now() - startedAt > STEADY_MS) {
      this.pause = FIRST_PAUSE_MS;
    }
    this.options.log(
      `The probe of ${this.cluster} ended and starts again in ${
        this.pause / 1000
      } s: ${last.join(' | ')}`,
    );
    this.timer = setTimeout(() => this.start(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }
}
