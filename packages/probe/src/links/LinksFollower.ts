import { setTimeout as sleep } from 'node:timers/promises';
import { ZodError } from 'zod';
import type { LinksConfig } from '../config/types.ts';
import { cleanText } from '../lib/cleanText.ts';
import { KubeApi } from './KubeApi.ts';
import { listLinks } from './listLinks.ts';

export interface LinksFollowerOptions {
  config: LinksConfig;
  /** All Links, whenever they were listed. */
  onLinks(links: unknown[]): void;
  /** A list that failed: the Links stay as they were. */
  onFault(reason: string): void;
}

/**
 * Lists the Links again and again. A list and not a watch: a cluster has few,
 * they seldom change, and a list can't fall behind unnoticed.
 */
export class LinksFollower {
  readonly #options: LinksFollowerOptions;
  readonly #stop = new AbortController();
  #running?: Promise<void>;

  constructor(options: LinksFollowerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run() {
    const { config, onLinks, onFault } = this.#options;
    const { signal } = this.#stop;
    const api = new KubeApi(config);
    while (!signal.aborted) {
      try {
        onLinks(await listLinks(api, config.namespace, signal));
      } catch (error) {
        if (signal.aborted) return;
        const reason =
          error instanceof ZodError
            ? "what the API server answered isn't a list of Links"
            : (error as Error).message;
        onFault(cleanText(reason, 300));
      }
      await sleep(config.intervalMs, undefined, { signal }).catch(() => {});
    }
  }
}
