import { Knex } from 'knex';
import { Lease } from '../lib/Lease';
import { Loop } from '../lib/Loop';
import { ClusterRunner, ClusterRunnerOptions } from './ClusterRunner';

type Options = Omit<ClusterRunnerOptions, 'check' | 'onLost'> & {
  knex: Knex;
  holder: string;
  leaseTtlMs: number;
  onError: (error: unknown) => void;
};

/** How soon a lease that was lost without a word ends the watching. */
const CHECK_INTERVAL_MS = 1_000;

/** Competes for a cluster's lease, and watches the cluster while it has it. */
export class HeldCluster {
  readonly #options: Options;
  readonly #lease: Lease;
  readonly #loop: Loop;
  #watched?: { epoch: number; runner: ClusterRunner };

  constructor(options: Options) {
    this.#options = options;
    const { knex, holder, definition, leaseTtlMs, onError } = options;
    this.#lease = new Lease({
      knex,
      name: `cluster/${definition.name}`,
      holder,
      ttlMs: leaseTtlMs,
      onGained: () => this.#loop.wake(),
      onError,
    });
    this.#loop = new Loop({
      work: () => this.#follow(),
      intervalMs: CHECK_INTERVAL_MS,
      maxBackoffMs: 10 * CHECK_INTERVAL_MS,
      onError,
    });
  }

  get definition() {
    return this.#options.definition;
  }

  start(): void {
    this.#lease.start();
    this.#loop.start();
  }

  /** Ends watching, then lets another replica take over. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#watched?.runner.stop();
    this.#watched = undefined;
    await this.#lease.stop().catch(() => {});
  }

  look(): void {
    this.#watched?.runner.look();
  }

  /** Watches under the lease's present epoch, and under no other. */
  async #follow() {
    const { epoch } = this.#lease;
    const watched = this.#watched;
    if (watched && (watched.epoch !== epoch || watched.runner.isLost)) {
      this.#watched = undefined;
      await watched.runner.stop();
    }
    if (epoch === undefined || this.#watched) return;
    const runner = new ClusterRunner({
      ...this.#options,
      check: tx => this.#lease.check(tx, epoch),
      onLost: () => this.#loop.wake(),
    });
    try {
      await runner.start();
    } catch (error) {
      await runner.stop();
      throw error;
    }
    this.#watched = { epoch, runner };
  }
}
