import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import type { Transact } from '../gitops/ingest/RepositoryIngest';
import { lockRepository } from '../gitops/store/lockRepository';
import { ChangeHub } from '../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../lib/LeasedLoop';
import { ArtifactIngest, ArtifactIngestOptions } from './ArtifactIngest';
import { closeStoreFault, openStoreFault } from './storeFault';

const MAX_BACKOFF_MS = 5 * 60_000;

/** Looks into the artifact store at intervals, on one replica at a time. */
export class ArtifactsService {
  readonly #loop: LeasedLoop;
  #ingest?: { epoch: number; ingest: ArtifactIngest };
  #isFaultOpen = false;
  #isStopped = false;

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
    const { repository, pollIntervalMs } = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `artifacts:${repository}`,
      intervalMs: pollIntervalMs,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Reading the artifact store failed',
      recovered: 'The artifact store can be read again',
      work: round => this.#round(round),
    });
  }

  /** @param after - what goes first when a backend starts */
  async start(after?: Promise<void>): Promise<void> {
    await after;
    if (!this.#isStopped) this.#loop.start();
  }

  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#loop.stop();
  }

  async #round({ epoch, signal, ...round }: LeasedRound) {
    const { hub, repository } = this.options;
    const transact: Transact = work =>
      round.transact(async tx => {
        await lockRepository(tx, repository);
        return work(tx);
      });
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
      // What it remembers may be more than what was written.
      this.#ingest = undefined;
      if (!signal.aborted && !this.#isFaultOpen) {
        await this.#tell(
          tx => openStoreFault(tx, this.options, error),
          transact,
        );
        this.#isFaultOpen = true;
      }
      throw error;
    }
    // A fault that an earlier process left is closed by the first good look.
    if (isNew) {
      await this.#tell(tx => closeStoreFault(tx, this.options), transact);
    }
    this.#isFaultOpen = false;
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
