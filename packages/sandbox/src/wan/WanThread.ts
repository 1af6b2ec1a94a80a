import { Worker } from 'node:worker_threads';
import type { Direction, DirectionFault, Wan, WanOptions } from './types.ts';

type Method = keyof Wan;

export interface WanCall {
  id: number;
  method: Method;
  values: unknown[];
}

export interface WanAnswer {
  id: number;
  result?: unknown;
  error?: string;
}

/**
 * The network on a thread of its own. The clusters keep theirs busy for tenths
 * of a second when a commit moves them all, which would look like a bad link.
 */
export class WanThread implements Wan {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (answer: WanAnswer) => void>();
  private calls = 0;
  private isStopped = false;

  constructor(options: WanOptions, failed: (error: Error) => void) {
    this.worker = new Worker(new URL('./wanWorker.ts', import.meta.url), {
      workerData: options,
      execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    });
    this.worker.on('message', (answer: WanAnswer) => {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    this.worker.on('error', failed);
    this.worker.on('exit', () => {
      this.isStopped = true;
      for (const [id, settle] of this.waiting) {
        settle({ id, error: 'The network between the clusters has ended' });
      }
      this.waiting.clear();
    });
  }

  open(direction: Direction): Promise<number> {
    return this.call('open', direction);
  }

  close(direction: Direction): Promise<void> {
    return this.call('close', direction);
  }

  setFault(
    direction: Direction,
    fault: Partial<DirectionFault>,
  ): Promise<void> {
    return this.call('setFault', direction, fault);
  }

  setGateway(cluster: string, isThere: boolean): Promise<void> {
    return this.call('setGateway', cluster, isThere);
  }

  serviceMirrorMetrics(cluster: string): Promise<string> {
    return this.call('serviceMirrorMetrics', cluster);
  }

  async stop(): Promise<void> {
    if (!this.isStopped) {
      await this.call('stop').catch(() => {});
      await this.worker.terminate();
    }
  }

  private call<T>(method: Method, ...values: unknown[]): Promise<T> {
    if (this.isStopped) {
      return Promise.reject(
        new Error('The network between the clusters has ended'),
      );
    }
    this.calls += 1;
    const id = this.calls;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result as T) : reject(new Error(error)),
      );
      this.worker.postMessage({ id, method, values } satisfies WanCall);
    });
  }
}
