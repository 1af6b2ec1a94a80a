import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { Change, ChangeHub } from '../../lib/ChangeHub';
import { Loop } from '../../lib/Loop';
import { settleCommits } from './settleCommits';
import { BranchMirror } from './settleMoved';

export interface CommitSettlerOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  /** The mirror that ingest of this process fetches. */
  mirror: BranchMirror;
  now?(): number;
}

/** Ingest wakes it; this is for what it missed. */
const INTERVAL_MS = 15_000;
/** A database that was away is back soon, and people wait for this. */
const RETRY_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;
const WAKES: ReadonlySet<Change['kind']> = new Set(['services', 'commits']);

/**
 * Says which requests are committed, after each time that ingest of this
 * process has read the branch. Two that do so at a time do no harm: a request
 * takes the event once. So there is no lease: whoever held it would be another
 * than the one that reads, and know of a commit seconds later.
 */
export class CommitSettler {
  readonly #options: CommitSettlerOptions;
  readonly #loop: Loop;
  #said?: string;
  #unsubscribe?: () => void;

  constructor(options: CommitSettlerOptions) {
    this.#options = options;
    this.#loop = new Loop({
      work: () => this.#settle(),
      intervalMs: INTERVAL_MS,
      retryMs: RETRY_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      onError: error => this.#say(error),
    });
  }

  start(): void {
    this.#loop.start();
    this.#unsubscribe = this.#options.hub.subscribe(({ kind }) => {
      if (WAKES.has(kind)) this.#loop.wake();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #settle() {
    const { knex, hub, now = Date.now } = this.#options;
    const settled = await settleCommits(knex, {
      ...this.#options,
      now: now(),
    });
    this.#said = undefined;
    if (settled > 0) await hub.publish({ kind: 'requests' });
  }

  #say(error: unknown) {
    const why = isError(error) ? error.message : 'unknown error';
    if (why === this.#said) return;
    this.#said = why;
    this.#options.logger.warn(
      `Which releases are on the branch could not be written, and is tried again: ${why}`,
    );
  }
}
