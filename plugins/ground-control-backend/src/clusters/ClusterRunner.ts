import { setImmediate as nextTurn } from 'node:timers/promises';
import { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  ClusterDefinition,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ChangeHub } from '../lib/ChangeHub';
import { Gathered } from '../lib/Gathered';
import { Recovery } from './decide/decideRecovery';
import { ObservedGitRepository } from './observe/types';
import { PodAsker } from './PodAsker';
import { isCounted, isFactKind, readConnection, readFacts } from './readFacts';
import { emptyClusterRow } from './store/emptyClusterRow';
import { RecoveryWatch } from './RecoveryWatch';
import { ReleaseBook } from './ReleaseBook';
import { ServiceIndex } from './ServiceIndex';
import { Findings, ServiceJudge } from './ServiceJudge';
import { parseServiceKey } from './serviceKey';
import { dropOtherEnvironments } from './store/dropOtherEnvironments';
import { readCluster } from './store/readCluster';
import { readStandings } from './store/readStandings';
import { readLastRecovery, writeRecovery } from './store/recoveryRow';
import { ClusterRow, ClusterScope } from './store/types';
import { writeCluster } from './store/writeCluster';
import { ROWS_OF_A_TRANSACTION, writeStandings } from './store/writeStandings';
import {
  ClusterListener,
  ClusterReading,
  ClusterWatching,
  CreateClusterWatching,
} from './types';

export interface ClusterRunnerOptions {
  definition: ClusterDefinition;
  ordinal: number;
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  layout: Layout;
  repository: string;
  book: ReleaseBook;
  createWatching: CreateClusterWatching;
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
/** Judged at a time, before others get their turn. */
const JUDGED_AT_A_TIME = 500;

/**
 * Watches one cluster while we hold its lease: gathers what changed, judges
 * the services that it concerns, and writes what is otherwise than it wrote
 * last. Knows the rows by heart, which is right only while nobody else writes
 * them: every write checks the lease, and the first that is refused ends it.
 */
export class ClusterRunner {
  readonly #options: ClusterRunnerOptions;
  readonly #gathered: Gathered;
  readonly #watching: ClusterWatching;
  readonly #recoveryWatch: RecoveryWatch;
  readonly #startedAt = Date.now();
  #index?: ServiceIndex;
  #judge?: ServiceJudge;
  #pods?: PodAsker;
  #row!: ClusterRow;
  #recovery?: Recovery;
  #writtenAt = -Infinity;
  #factsWanted = true;
  #factsWantedLater = false;
  #liveSince?: number;
  #isSettled = false;
  #all = true;
  readonly #wanted = new Set<string>();
  #ticking?: NodeJS.Timeout;
  #unsubscribe?: () => void;
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
    this.#recoveryWatch = new RecoveryWatch(this.#watching, () =>
      this.#countMissing(),
    );
  }

  get isLost(): boolean {
    return this.#lost;
  }

  /** Reads what was written last, and begins to watch. */
  async start(): Promise<void> {
    const { definition, knex, book, layout, ordinal } = this.#options;
    const { name: cluster, environment } = definition;
    this.#row =
      (await readCluster(knex, cluster)) ??
      emptyClusterRow(definition, ordinal, Date.now());
    this.#recovery = await readLastRecovery(knex, cluster);
    if (environment !== undefined) {
      await book.load(environment);
      const standings = await readStandings(knex, this.#scope(environment));
      const index = new ServiceIndex({
        objects: kind => this.#watching.objects(kind),
        layout,
        environment,
      });
      const judge = new ServiceJudge({
        environment,
        index,
        releases: book,
        standings,
        isRead: kind => this.#stateOf(kind) === 'live',
      });
      this.#index = index;
      this.#judge = judge;
      this.#pods = new PodAsker({
        watching: this.#watching,
        workloadsOf: service => index.workloadsOf(service),
        onAnswer: (service, trouble) => {
          judge.notePods(service, trouble);
          this.#want(service);
        },
      });
      this.#unsubscribe = book.subscribe({
        onReleases: (of, services) => {
          if (of !== environment) return;
          if (services === 'all') this.#all = true;
          else services.forEach(service => this.#wanted.add(service));
          this.#gathered.want();
        },
        onPositions: () => {
          for (const service of judge.unsettled()) this.#wanted.add(service);
          this.#factsWanted = true;
          this.#gathered.want();
        },
      });
    }
    await this.#transact(tx => dropOtherEnvironments(tx, cluster, environment));
    if (this.#stopped) return;
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#watching.start();
    this.#gathered.want();
  }

  /** Ends watching and writing; what was written stays. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#ticking);
    this.#unsubscribe?.();
    await Promise.all([
      this.#watching.stop(),
      this.#pods?.stop(),
      this.#gathered.stop(),
    ]);
  }

  /** Somebody says that something happened in the cluster. */
  look(): void {
    this.#watching.look();
  }

  #createListener(): ClusterListener {
    return {
      onObject: (kind, key, value) => {
        this.#index?.onObject(kind, key, value);
        // Counts of a rollout's containers would be told with each of its pods.
        if (isCounted(kind)) this.#factsWantedLater = true;
        else if (isFactKind(kind)) this.#factsWanted = true;
        this.#gathered.want();
      },
      onListed: () => {
        this.#factsWanted = true;
        this.#gathered.want();
      },
      onReading: () => this.#gathered.want(),
    };
  }

  #want(service: string) {
    this.#wanted.add(service);
    this.#gathered.want();
  }

  #tick() {
    const now = Date.now();
    const due = this.#judge?.takeDue(now) ?? [];
    due.forEach(service => this.#wanted.add(service));
    const isHeard =
      this.#watching.reading.observedAt !== this.#row.observed_at &&
      now - this.#writtenAt >= HEARTBEAT_MS;
    const isRecovering = this.#recovery && !this.#recovery.allReadyAt;
    if (this.#factsWantedLater) this.#factsWanted = true;
    const isCounting = this.#factsWantedLater;
    this.#factsWantedLater = false;
    if (
      due.length > 0 ||
      isHeard ||
      isRecovering ||
      isCounting ||
      !this.#isSettled
    ) {
      this.#gathered.want();
    }
  }

  async #round() {
    if (this.#lost || this.#stopped) return;
    const { reading } = this.#watching;
    this.#noteSettled(reading);
    await this.#writeCluster(reading);
    const isReady = this.#isSettled && this.#options.book.isKnown;
    if (this.#judge && isReady && reading.state === 'live') {
      await this.#judgeServices(this.#judge, this.#index!);
    }
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
    const { definition, hub } = this.#options;
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
    // Until everything was listed, nothing is known to be none.
    const isListed = reading.kinds.every(kind => kind.state !== 'starting');
    const isMistaken = reading.state === 'mistaken';
    if (this.#factsWanted && isListed && !isMistaken) {
      Object.assign(
        row,
        readFacts(this.#watching, definition, this.#index?.usualSource),
      );
      this.#factsWanted = false;
    }
    if (isMistaken) {
      row.identity = reading.identity ?? null;
      row.identity_state = 'mistaken';
      this.#factsWanted = true;
    }
    const known = {
      instance: before.instance ?? undefined,
      heardOfAt: before.observed_at ?? undefined,
    };
    const recovery = this.#recoveryWatch.look(this.#recovery, known, now);
    if (!isMistaken && reading.instance) {
      if (known.instance && known.instance !== reading.instance) {
        this.#judge?.beginAnew();
        this.#all = true;
      }
      row.instance = reading.instance;
    }
    const isRecoveryNews = !isDeepStrictEqual(recovery, this.#recovery);
    const isNews = isRecoveryNews || !isSameToReaders(before, row);
    const isDue = now - this.#writtenAt >= HEARTBEAT_MS;
    if (!isNews && (!isDue || isDeepStrictEqual(before, row))) return;
    await this.#transact(async tx => {
      await writeCluster(tx, row);
      if (recovery && isRecoveryNews) {
        await writeRecovery(tx, row.cluster, recovery);
      }
    });
    this.#row = row;
    this.#recovery = recovery;
    this.#writtenAt = now;
    if (isNews) await hub.publish({ kind: 'clusters' });
  }

  async #judgeServices(judge: ServiceJudge, index: ServiceIndex) {
    const { services, ancestors } = index.takeChanged();
    this.#wanted.forEach(service => services.add(service));
    this.#wanted.clear();
    if (ancestors) judge.waiting.forEach(service => services.add(service));
    if (this.#all) judge.allServices().forEach(one => services.add(one));
    this.#all = false;
    const left = [...services];
    try {
      while (left.length > 0 && !this.#stopped) {
        const some = left.slice(0, JUDGED_AT_A_TIME);
        await this.#learn(some, index);
        const { changes, wantPods } = judge.judge(some, Date.now());
        await this.#writeServices(judge, changes);
        left.splice(0, some.length);
        wantPods.forEach(service => this.#pods?.want(service));
        if (left.length > 0) await nextTurn();
      }
    } catch (error) {
      left.forEach(service => this.#wanted.add(service));
      throw error;
    }
  }

  /** Makes the commits known that the services are judged by. */
  async #learn(services: string[], index: ServiceIndex) {
    const commits = new Set<string>();
    for (const service of services) {
      const kustomization = index.kustomizationOf(service);
      if (kustomization?.appliedCommit)
        commits.add(kustomization.appliedCommit);
      if (kustomization?.attemptedCommit) {
        commits.add(kustomization.attemptedCommit);
      }
    }
    for (const { commit } of this.#watching
      .objects<ObservedGitRepository>('gitRepositories')
      .values()) {
      if (commit) commits.add(commit);
    }
    await this.#options.book.learn(commits);
  }

  async #writeServices(judge: ServiceJudge, changes: Findings['changes']) {
    const { definition, hub } = this.#options;
    const scope = this.#scope(definition.environment!);
    for (let at = 0; at < changes.length; at += ROWS_OF_A_TRANSACTION) {
      const some = changes.slice(at, at + ROWS_OF_A_TRANSACTION);
      await this.#transact(tx => writeStandings(tx, scope, some));
      judge.settle(some);
      await hub.publish({
        kind: 'cluster-services',
        services: some.map(([key]) => parseServiceKey(key)),
      });
    }
  }

  #countMissing(): number {
    const { definition, book } = this.#options;
    const index = this.#index;
    if (!index) return 0;
    let missing = 0;
    for (const service of book.releases(definition.environment!).keys()) {
      if (!index.kustomizationOf(service)) missing += 1;
    }
    return missing;
  }

  #stateOf(kind: string) {
    return this.#watching.reading.kinds.find(one => one.id === kind)?.state;
  }

  #scope(environment: string): ClusterScope {
    const { repository, definition } = this.#options;
    return { repository, cluster: definition.name, environment };
  }

  #transact(work: (tx: Knex.Transaction) => Promise<void>): Promise<void> {
    const { knex, check } = this.#options;
    return knex.transaction(async tx => {
      await check(tx);
      await work(tx);
    });
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

function kindStates(kinds: string): string {
  const parsed: ClusterReading['kinds'] = JSON.parse(kinds);
  return parsed
    .map(({ id, state, reason }) => `${id} ${state} ${reason}`)
    .join();
}
