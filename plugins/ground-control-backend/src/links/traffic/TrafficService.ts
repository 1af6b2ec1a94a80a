import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { LatencyFault } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import {
  noteTrafficFault,
  noteTrafficRead,
  syncTrafficSources,
} from './sourceRows';
import { dropOldTraffic, writeTraffic } from './trafficRows';
import { TrafficSource } from './types';

export interface TrafficServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  /** In the configured order; of two that count the same the first counts. */
  sources: TrafficSource[];
  /** The clock; the system's by default. */
  now?: () => number;
  /** Calls that are kept of one source. */
  mostCalls?: number;
}

const MAX_BACKOFF_MS = 60_000;
/** The reference company has some hundreds over all its links. */
const MOST_CALLS = 2_000;

function toFault(error: unknown): LatencyFault {
  return isError(error) && error.name === 'LatencyFault'
    ? (error as unknown as LatencyFault)
    : new LatencyFault(
        'failing',
        'It could not be read; the log of the backend has more',
      );
}

/**
 * Keeps the calls that the mesh counts over links in rows: each source is read
 * by one process of several, beside all others. What a source said last stays
 * for a quarter of an hour when it doesn't answer any more.
 */
export class TrafficService {
  readonly #options: TrafficServiceOptions;
  readonly #loops: LeasedLoop[];
  #syncing?: Promise<void>;

  constructor(options: TrafficServiceOptions) {
    this.#options = options;
    this.#loops = options.sources.map(
      source =>
        new LeasedLoop({
          knex: options.knex,
          logger: options.logger,
          name: `link-traffic/${source.id}`,
          intervalMs: source.intervalMs,
          maxBackoffMs: Math.max(MAX_BACKOFF_MS, source.intervalMs),
          failed: `Reading calls over links from ${source.label} failed`,
          recovered: `Calls over links are read from ${source.label} again`,
          work: round => this.#round(source, round),
        }),
    );
  }

  start(): void {
    // Where that fails, each round tries again.
    this.#sync().catch(error =>
      this.#options.logger.debug(
        'Sources of traffic could not be noted',
        error as Error,
      ),
    );
    for (const loop of this.#loops) loop.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#loops.map(loop => loop.stop()));
    await this.#syncing?.catch(() => {});
  }

  #sync(): Promise<void> {
    const { knex, sources } = this.#options;
    this.#syncing ??= syncTrafficSources(knex, sources, this.#now()).catch(
      error => {
        this.#syncing = undefined;
        throw error;
      },
    );
    return this.#syncing;
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  async #round(source: TrafficSource, round: LeasedRound): Promise<void> {
    const { signal, transact } = round;
    const { hub, mostCalls = MOST_CALLS } = this.#options;
    await this.#sync();
    const now = this.#now();
    try {
      const calls = await source.read({ now, signal });
      await transact(async tx => {
        // One that counts from its first reading on knows nothing new yet.
        if (calls) {
          await writeTraffic(tx, source.id, calls.slice(0, mostCalls), now);
        } else {
          await dropOldTraffic(tx, source.id, now);
        }
        const leftOut = Math.max(0, (calls?.length ?? 0) - mostCalls);
        await noteTrafficRead(tx, source.id, { now, leftOut });
      });
    } catch (error) {
      if (signal.aborted) return;
      const { kind, message } = toFault(error);
      await transact(async tx => {
        await dropOldTraffic(tx, source.id, now);
        await noteTrafficFault(tx, source.id, {
          now,
          state: kind,
          reason: message,
        });
      });
      round.fault(error);
    }
    await hub.publish({ kind: 'links' });
  }
}
