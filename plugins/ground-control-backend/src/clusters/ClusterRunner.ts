import { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { ChangeHub } from '../lib/ChangeHub';
import { Gathered } from '../lib/Gathered';
import { ClusterLinks } from '../links/observe/ClusterLinks';
import { Recovery } from './decide/decideRecovery';
import {
  isCounted,
  isFactKind,
  listAppliedCommits,
  readConnection,
  readFacts,
} from './readFacts';
import { emptyClusterRow } from './store/emptyClusterRow';
import { ClusterServices } from './ClusterServices';
import { isAnswering, RecoveryWatch } from './RecoveryWatch';
import { ReleaseBook } from './ReleaseBook';
import { WatchKeeper } from './failures/WatchKeeper';
import { RestartCounter } from './restarts/RestartCounter';
import { dropOtherEnvironments } from './store/dropOtherEnvironments';
import { readCluster } from './store/readCluster';
import { readLastRecovery, writeRecovery } from './store/recoveryRow';
import { ClusterRow } from './store/types';
import { writeCluster } from './store/writeCluster';
import {
  ClusterListener,
  ClusterReading,
  ClusterWatching,
  CreateClusterWatching,
  LocatedCluster,
} from './types';

export interface ClusterRunnerOptions {
  definition: LocatedCluster;
  ordinal: number;
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  layout: Layout;
  repository: string;
  /** In the order of promotion. */
  environments: readonly string[];
  book: ReleaseBook;
  createWatching: CreateClusterWatching;
  /** Does the work when few enough others are at theirs. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Throws a ConflictError in a transaction when we may not write any more. */
  check: (tx: Knex.Transaction) => Promise<void>;
  /** Told once, when a write was refused. */
  onLost: () => void;
}

/** A single change is written after so long; it is what people wait for. */
const SOON_MS = 25;
/** In a storm, changes are judged together. */
const LEAST_BETWEEN_MS = 250;
const RETRY_MS = 2_000;
const TICK_MS = 1_000;
/** How often it is written that nothing is new. */
const HEARTBEAT_MS = 5_000;
/** Another replica takes over: what the one before saw stands for so long. */
const TAKE_OVER_MS = 15_000;
/** Kinds that aren't needed are waited for so long before anything is judged. */
const SETTLE_MS = 10_000;

/**
 * Watches one cluster while we hold its lease: gathers what changed, writes
 * what the cluster is otherwise than it wrote last, and has its services judged
 * when that can be done. Knows the rows by heart, which is right only while
 * nobody else writes them: every write checks the lease, and the first that is
 * refused ends it.
 */
export class ClusterRunner {
  readonly #options: ClusterRunnerOptions;
  readonly #gathered: Gathered;
  readonly #watching: ClusterWatching;
  readonly #recoveryWatch: RecoveryWatch;
  readonly #startedAt = Date.now();
  #services?: ClusterServices;
  #restarts?: RestartCounter;
  #links?: ClusterLinks;
  #watches?: WatchKeeper;
  #unsubscribe?: () => void;
  #row!: ClusterRow;
  #recovery?: Recovery;
  /** When the instance that the row names was heard of last. */
  #heardOfAt?: number;
  #writtenAt = -Infinity;
  #factsWanted = true;
  #factsWantedLater = false;
  #liveSince?: number;
  #isSettled = false;
  #ticking?: NodeJS.Timeout;
  #lost = false;
  #stopped = false;
  #saidFault?: string;

  constructor(options: ClusterRunnerOptions) {
    this.#options = options;
    this.#gathered = new Gathered({
      work: () => this.#round(),
      soonMs: SOON_MS,
      leastMs: LEAST_BETWEEN_MS,
      retryMs: RETRY_MS,
      onError: error => this.#onError(error),
    });
    this.#watching = options.createWatching(
      options.definition,
      this.#createListener(),
    );
    this.#recoveryWatch = new RecoveryWatch(
      this.#watching,
      () => this.#services?.countMissing() ?? 0,
    );
  }

  get isLost(): boolean {
    return this.#lost;
  }

  /** Reads what was written last, and begins to watch. */
  async start(): Promise<void> {
    const { definition, knex, ordinal } = this.#options;
    const { name: cluster, environment } = definition;
    this.#row =
      (await readCluster(knex, cluster)) ??
      emptyClusterRow(definition, ordinal, Date.now());
    this.#heardOfAt = this.#row.observed_at ?? undefined;
    this.#recovery = await readLastRecovery(knex, cluster);
    if (environment !== undefined) {
      this.#watches = new WatchKeeper(cluster, environment, this.#row);
      this.#services = await ClusterServices.load({
        ...this.#options,
        environment,
        watching: this.#watching,
        transact: work => this.#transact(work),
        onWanted: () => this.#gathered.want(),
      });
    }
    this.#restarts = this.#createRestarts();
    this.#links = await ClusterLinks.load({
      ...this.#options,
      cluster,
      watching: this.#watching,
      transact: work => this.#transact(work),
      onLost: error => this.#onError(error),
    });
    await this.#transact(tx =>
      dropOtherEnvironments(tx, cluster, environment, Date.now()),
    );
    if (this.#stopped) {
      await this.#services?.stop();
      return;
    }
    this.#unsubscribe = this.#options.book.subscribe({
      onReleases: () => {},
      onPositions: () => {
        this.#factsWanted = true;
        this.#gathered.want();
      },
    });
    this.#restarts?.start();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#watching.start();
    this.#gathered.want();
  }

  /** Ends watching and writing; what was written stays. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe?.();
    clearInterval(this.#ticking);
    await Promise.all([
      this.#watching.stop(),
      this.#restarts?.stop(),
      this.#services?.stop(),
      this.#links?.stop(),
      this.#gathered.stop(),
    ]);
  }

  /** Somebody says that something happened in the cluster. */
  look(): void {
    this.#watching.look();
  }

  #createRestarts(): RestartCounter | undefined {
    const { definition, environments, repository } = this.#options;
    const { name: cluster, environment } = definition;
    const services = this.#services;
    if (environment === undefined || !services) return undefined;
    return new RestartCounter({
      ...this.#options,
      scope: { repository, cluster, environment },
      laterEnvironments: environments.slice(
        environments.indexOf(environment) + 1,
      ),
      watching: this.#watching,
      wellAt: service => services.wellAt(service),
      workloadsOf: service => services.workloadsOf(service),
      transact: work => this.#transact(work),
      onError: error => this.#onError(error),
    });
  }

  #createListener(): ClusterListener {
    return {
      onObject: (kind, key, value) => {
        this.#services?.onObject(kind, key, value);
        this.#links?.onObject(kind);
        // What a commit moves everywhere would be told with each of its objects.
        if (isCounted(kind)) this.#factsWantedLater = true;
        else if (isFactKind(kind)) this.#factsWanted = true;
        this.#gathered.want();
      },
      onListed: () => {
        this.#factsWanted = true;
        this.#gathered.want();
      },
      onReading: () => {
        this.#links?.onReading();
        this.#gathered.want();
      },
    };
  }

  #tick() {
    const now = Date.now();
    const isDue = this.#services?.noteTime(now) ?? false;
    const isHeard =
      this.#watching.reading.observedAt !== this.#row.observed_at &&
      now - this.#writtenAt >= HEARTBEAT_MS;
    const isRecovering = this.#recovery && !this.#recovery.allReadyAt;
    if (this.#factsWantedLater) this.#factsWanted = true;
    const isCounting = this.#factsWantedLater;
    this.#factsWantedLater = false;
    if (isDue || isHeard || isRecovering || isCounting || !this.#isSettled) {
      this.#gathered.want();
    }
  }

  async #round() {
    if (this.#lost || this.#stopped) return;
    const { book } = this.#options;
    if (this.#factsWanted) {
      const usual = this.#services?.usualSource;
      await book.learn(listAppliedCommits(this.#watching, usual));
    }
    const { reading } = this.#watching;
    this.#noteSettled(reading);
    await this.#writeCluster(reading);
    const isReady = this.#isSettled && book.isKnown;
    if (isReady && reading.state === 'live') await this.#services?.judge();
    if (this.#saidFault) {
      this.#options.logger.info(
        `What cluster ${this.#row.cluster} reports can be written again`,
      );
      this.#saidFault = undefined;
    }
  }

  /** Everything that will be told of was told once. */
  #noteSettled({ state, kinds }: ClusterReading) {
    if (state !== 'live') this.#liveSince = undefined;
    else this.#liveSince ??= Date.now();
    if (this.#isSettled || state !== 'live') return;
    this.#isSettled =
      kinds.every(kind => kind.state !== 'starting') ||
      Date.now() - this.#liveSince! >= SETTLE_MS;
  }

  async #writeCluster(reading: ClusterReading) {
    const { book, definition, hub } = this.#options;
    const now = Date.now();
    const before = this.#row;
    const row = { ...before };
    const isTakingOver =
      before.connection === 'live' &&
      (reading.state === 'starting' || reading.state === 'syncing') &&
      now - this.#startedAt < TAKE_OVER_MS;
    if (!isTakingOver) Object.assign(row, readConnection(reading));
    row.observed_at = reading.observedAt ?? before.observed_at;
    row.last_event_at = reading.lastEventAt ?? before.last_event_at;
    const isLive = reading.state === 'live';
    // What can't be read any more can't be counted either.
    if (isLive && kindStates(row.kinds) !== kindStates(before.kinds)) {
      this.#factsWanted = true;
    }
    // Until everything was listed, nothing is known to be none.
    const isListed = reading.kinds.every(kind => kind.state !== 'starting');
    const isMistaken = reading.state === 'mistaken';
    if (this.#factsWanted && isListed && !isMistaken) {
      Object.assign(
        row,
        readFacts(this.#watching, definition, {
          usualSource: this.#services?.usualSource,
          positionOf: commit => book.positionOf(commit),
          appliedBlocker: before.applied_blocker,
        }),
      );
      if (!isLive) keepLastSaid(row, before);
      this.#factsWanted = false;
    }
    if (isMistaken) {
      row.identity = reading.identity ?? null;
      row.identity_state = 'mistaken';
      this.#factsWanted = true;
    }
    const known = {
      instance: before.instance ?? undefined,
      heardOfAt: this.#heardOfAt,
    };
    if (reading.instance === known.instance) {
      this.#heardOfAt = row.observed_at ?? undefined;
    }
    const recovery = this.#recoveryWatch.look(this.#recovery, known, now);
    // One that answered and fell silent again is noted when it can be looked
    // at: its recovery would never begin otherwise.
    if (isAnswering(reading) && reading.instance) {
      if (known.instance && known.instance !== reading.instance) {
        this.#services?.beginAnew();
      }
      row.instance = reading.instance;
    }
    const isRecoveryNews = !isDeepStrictEqual(recovery, this.#recovery);
    const isNews = isRecoveryNews || !isSameToReaders(before, row);
    const isDue = now - this.#writtenAt >= HEARTBEAT_MS;
    if (!isNews && (!isDue || isDeepStrictEqual(before, row))) return;
    await this.#transact(async tx => {
      await writeCluster(tx, row);
      await this.#watches?.write(tx, row);
      if (recovery && isRecoveryNews) {
        await writeRecovery(tx, row.cluster, recovery);
      }
    });
    this.#row = row;
    this.#watches?.settle(row);
    this.#recovery = recovery;
    this.#writtenAt = now;
    if (!isNews) return;
    const ofConnection = !isWatchedAlike(before, row);
    await hub.publish({ kind: 'clusters', ofConnection });
  }

  #transact(work: (tx: Knex.Transaction) => Promise<void>): Promise<void> {
    const { knex, check, inTurn } = this.#options;
    return inTurn(() =>
      knex.transaction(async tx => {
        await check(tx);
        await work(tx);
      }),
    );
  }

  #onError(error: unknown) {
    const { logger, onLost, definition } = this.#options;
    if (isError(error) && error.name === 'ConflictError') {
      if (this.#lost) return;
      this.#lost = true;
      onLost();
      return;
    }
    const why = isError(error) ? error.message : 'unknown error';
    // A database that is away all night is one line.
    if (why === this.#saidFault) return;
    this.#saidFault = why;
    logger.warn(
      `What cluster ${definition.name} reports could not be written and is written again: ${why}`,
    );
  }
}

/** A cluster that isn't read as a whole is as large, and asks for as much, as it last said. */
function keepLastSaid(row: ClusterRow, before: ClusterRow) {
  row.nodes_ready ??= before.nodes_ready;
  row.nodes_total ??= before.nodes_total;
  row.containers ??= before.containers;
  row.routing ??= before.routing;
}

/** Readers are told of all but that nothing is new. */
function isSameToReaders(a: ClusterRow, b: ClusterRow): boolean {
  const rest = (row: ClusterRow) => ({
    ...row,
    observed_at: 0,
    last_event_at: 0,
    kinds: kindStates(row.kinds),
  });
  return isDeepStrictEqual(rest(a), rest(b));
}

/** Whether what is known of releases there counts as before. */
function isWatchedAlike(a: ClusterRow, b: ClusterRow): boolean {
  return (
    a.connection === b.connection &&
    a.reason === b.reason &&
    kindStates(a.kinds) === kindStates(b.kinds)
  );
}

function kindStates(kinds: string): string {
  const parsed: ClusterReading['kinds'] = JSON.parse(kinds);
  return parsed
    .map(({ id, state, reason }) => `${id} ${state} ${reason}`)
    .join();
}
