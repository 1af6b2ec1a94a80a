import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  FetchResult,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { describeFault } from '../../../gitops/describeFault';
import { MirrorFiles } from '../../../gitops/MirrorFiles';
import { RepositorySettings } from '../../../gitops/readRepositoryConfig';
import { Loop, RoundResult } from '../../../lib/Loop';
import { EntriesElsewhere, GATEWAY_REPOSITORY } from './gatewayRepository';

const MAX_BACKOFF_MS = 2 * 60_000;
/** Each fetch that brings something may leave a pack; git copes with some. */
const FETCHES_UNTIL_TIDY = 20;

/** What one look at the remote found. */
export interface Look {
  attemptedAt: number;
  result: FetchResult;
}

/**
 * A mirror of the repository in which the gateway's file lies. Every replica
 * keeps its own fresh, by itself: what the config repository's does, or doesn't,
 * is nothing to it.
 */
export class GatewayMirror implements EntriesElsewhere {
  readonly name: string;
  readonly files: MirrorFiles;
  readonly #mirror: Mirror;
  readonly #logger: LoggerService;
  readonly #loop: Loop;
  readonly #listeners = new Set<() => void>();
  #look?: Look;
  #said?: string;
  #seenTip?: string;
  #fetchesUntidied = 0;

  constructor(options: RepositorySettings & { logger: LoggerService }) {
    const { logger, mirrorDirectory, pollIntervalMs, remote } = options;
    this.name = remote.label;
    this.#logger = logger;
    this.#mirror = new Mirror({
      ...options,
      directory: mirrorDirectory,
      timeoutSetting: `${GATEWAY_REPOSITORY.where}.timeout`,
    });
    this.files = new MirrorFiles(this.#mirror, GATEWAY_REPOSITORY.name);
    this.#loop = new Loop({
      work: signal => this.#round(signal),
      intervalMs: pollIntervalMs,
      maxBackoffMs: Math.max(MAX_BACKOFF_MS, pollIntervalMs),
      onError: error => this.#say('tidying', describe(error)),
    });
  }

  /** The commit that it is at; undefined before the first fetch. */
  get tip(): string | undefined {
    return this.#mirror.tip;
  }

  /** The last one of this process. */
  get look(): Look | undefined {
    return this.#look;
  }

  /** Tells of each look, once it was had. */
  onLooked(listener: () => void): void {
    this.#listeners.add(listener);
  }

  start(): void {
    this.#loop.start();
  }

  /** There may be news: looks at once, or right after the present look. */
  wake(): void {
    this.#loop.wake();
  }

  /** It lacks what it should have: it is thrown away and fetched anew. */
  async renew(): Promise<void> {
    await this.#mirror.discard();
    this.#loop.wake();
  }

  /** Ends every git process of it. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#mirror.close();
  }

  async #round(signal: AbortSignal): Promise<RoundResult> {
    const attemptedAt = Date.now();
    const result = await this.#fetch(signal);
    this.#look = { attemptedAt, result };
    this.#listeners.forEach(listener => listener());
    const { kind } = result;
    if (kind === 'fetched') {
      this.#recover();
      await this.#tidy(result.tip, signal);
    }
    return kind === 'fetched' || kind === 'empty' ? 'done' : 'failed';
  }

  /** What can't be done on our own disk is told as what a remote does. */
  async #fetch(signal: AbortSignal): Promise<FetchResult> {
    try {
      const result = await this.#mirror.fetch({ signal });
      if (result.kind !== 'fetched') this.#say(result.kind, result.reason);
      return result;
    } catch (error) {
      if (signal.aborted) throw error;
      this.#say('fault', describe(error));
      const reason = describeFault(error, GATEWAY_REPOSITORY);
      return { kind: 'failing', reason };
    }
  }

  async #tidy(tip: string, signal: AbortSignal) {
    if (tip === this.#seenTip) return;
    this.#seenTip = tip;
    this.#fetchesUntidied += 1;
    if (this.#fetchesUntidied < FETCHES_UNTIL_TIDY) return;
    this.#fetchesUntidied = 0;
    await this.#mirror.tidy({ signal });
  }

  /** Once for each change of state: a remote that is down all night is one line. */
  #say(state: string, why: string) {
    if (this.#said === state) return;
    this.#said = state;
    this.#logger.warn(
      `${GATEWAY_REPOSITORY.name} isn't read, and is tried again: ${why}`,
    );
  }

  #recover() {
    if (this.#said !== undefined) {
      this.#logger.info(`${GATEWAY_REPOSITORY.name} answers again`);
    }
    this.#said = undefined;
  }
}

function describe(error: unknown): string {
  return isError(error) ? error.message : 'unknown error';
}
