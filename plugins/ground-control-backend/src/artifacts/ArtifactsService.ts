import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ChangeHub } from '../lib/ChangeHub';
import { Lease } from '../lib/Lease';
import { Loop } from '../lib/Loop';
import { lockRepository } from '../gitops/store/lockRepository';
import { ArtifactIngest, ArtifactIngestOptions } from './ArtifactIngest';

/** Lets another replica take over in less than a minute. */
const LEASE_TTL_MS = 30_000;
const MAX_BACKOFF_MS = 5 * 60_000;

/** Looks into the artifact store at intervals, on one replica at a time. */
export class ArtifactsService {
  readonly #lease: Lease;
  readonly #loop: Loop;
  #ingest?: { epoch: number; ingest: ArtifactIngest };
  #failing = false;

  constructor(
    private readonly options: Omit<
      ArtifactIngestOptions,
      'transact' | 'onWritten'
    > & {
      hub: ChangeHub;
      logger: LoggerService;
      pollIntervalMs: number;
    },
  ) {
    const { knex, logger, repository, pollIntervalMs } = options;
    const onError = (error: unknown) => {
      // A store that is down all night is one line.
      if (!this.#failing) {
        logger.warn(
          `Reading the artifact store failed and is tried again: ${
            isError(error) ? error.message : 'unknown error'
          }`,
        );
      }
      this.#failing = true;
      this.#ingest = undefined;
    };
    this.#lease = new Lease({
      knex,
      name: `artifacts:${repository}`,
      holder: randomUUID(),
      ttlMs: LEASE_TTL_MS,
      onGained: () => this.#loop.wake(),
      onError,
    });
    this.#loop = new Loop({
      work: signal => this.#round(signal),
      intervalMs: pollIntervalMs,
      maxBackoffMs: Math.max(MAX_BACKOFF_MS, pollIntervalMs),
      onError,
    });
  }

  start(): void {
    this.#lease.start();
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#lease.stop().catch(() => {});
  }

  async #round(signal: AbortSignal) {
    const { epoch } = this.#lease;
    if (epoch === undefined) return;
    if (this.#ingest?.epoch !== epoch) {
      const { knex, hub } = this.options;
      const ingest = new ArtifactIngest({
        ...this.options,
        transact: work =>
          knex.transaction(async tx => {
            await this.#lease.check(tx, epoch);
            await lockRepository(tx, this.options.repository);
            return work(tx);
          }),
        onWritten: services => hub.publish({ kind: 'services', services }),
      });
      this.#ingest = { epoch, ingest };
    }
    await this.#ingest.ingest.run(signal);
    this.#failing = false;
  }
}
