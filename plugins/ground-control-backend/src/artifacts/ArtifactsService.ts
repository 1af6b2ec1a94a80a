import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ChangeHub } from '../lib/ChangeHub';
import { Lease } from '../lib/Lease';
import { Loop } from '../lib/Loop';
import type { Transact } from '../gitops/ingest/RepositoryIngest';
import { lockRepository } from '../gitops/store/lockRepository';
import { ArtifactIngest, ArtifactIngestOptions } from './ArtifactIngest';
import { closeStoreFault, openStoreFault } from './storeFault';

/** With a third of it between renewals, a dead holder is replaced in 14 s. */
const LEASE_TTL_MS = 10_000;
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
    const { hub, logger } = this.options;
    const transact = this.#transactUnder(epoch);
    const isNew = this.#ingest?.epoch !== epoch;
    if (this.#ingest?.epoch !== epoch) {
      const ingest = new ArtifactIngest({
        ...this.options,
        transact,
        onWritten: services => hub.publish({ kind: 'services', services }),
      });
      this.#ingest = { epoch, ingest };
    }
    try {
      await this.#ingest.ingest.run(signal);
    } catch (error) {
      if (!signal.aborted && !this.#failing) {
        await this.#tell(
          tx => openStoreFault(tx, this.options, error),
          transact,
        );
      }
      throw error;
    }
    // A fault that an earlier process left is closed by the first good look.
    if (isNew) {
      await this.#tell(tx => closeStoreFault(tx, this.options), transact);
    }
    if (this.#failing) logger.info('The artifact store can be read again');
    this.#failing = false;
  }

  #transactUnder(epoch: number): Transact {
    const { knex, repository } = this.options;
    return work =>
      knex.transaction(async tx => {
        await this.#lease.check(tx, epoch);
        await lockRepository(tx, repository);
        return work(tx);
      });
  }

  /** Writes of the store itself, and lets pages know if that is news. */
  async #tell(
    write: (tx: Knex.Transaction) => Promise<boolean>,
    transact: Transact,
  ) {
    if (await transact(write)) {
      await this.options.hub.publish({ kind: 'repository' });
    }
  }
}
