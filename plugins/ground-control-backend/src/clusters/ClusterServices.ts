import { Knex } from 'knex';
import {
  ClusterDefinition,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { ChangeHub } from '../lib/ChangeHub';
import { takeTurn } from '../lib/takeTurn';
import { ServiceWorkload } from './decide/types';
import { ObservedGitRepository } from './observe/types';
import { PodAsker } from './PodAsker';
import { ReleaseBook } from './ReleaseBook';
import { ServiceIndex } from './ServiceIndex';
import { Findings, ServiceJudge } from './ServiceJudge';
import { parseServiceKey } from './serviceKey';
import { readStandings } from './store/readStandings';
import { ClusterScope } from './store/types';
import { ROWS_OF_A_TRANSACTION, writeStandings } from './store/writeStandings';
import { ClusterWatching } from './types';

export interface ClusterServicesOptions {
  definition: ClusterDefinition;
  /** That the cluster carries. */
  environment: string;
  knex: Knex;
  hub: ChangeHub;
  layout: Layout;
  repository: string;
  book: ReleaseBook;
  watching: ClusterWatching;
  /** A transaction that writes only while we hold the cluster's lease. */
  transact: (work: (tx: Knex.Transaction) => Promise<void>) => Promise<void>;
  /** Some services are to be judged anew. */
  onWanted: () => void;
}

/** Judged and written at a time. */
const JUDGED_AT_A_TIME = 500;
/** Judged at a stretch: others wait meanwhile. */
const STRETCH = 100;

/**
 * How the releases of an environment stand in one cluster: remembers which
 * services a change concerns, judges those, and writes what is otherwise than
 * it wrote last.
 */
export class ClusterServices {
  readonly #options: ClusterServicesOptions;
  readonly #index: ServiceIndex;
  readonly #judge: ServiceJudge;
  readonly #pods: PodAsker;
  readonly #wanted = new Set<string>();
  readonly #unsubscribe: () => void;
  #all = true;
  #stopped = false;

  private constructor(
    options: ClusterServicesOptions,
    standings: Awaited<ReturnType<typeof readStandings>>,
  ) {
    this.#options = options;
    const { environment, layout, watching, book } = options;
    this.#index = new ServiceIndex({
      objects: kind => watching.objects(kind),
      layout,
      environment,
    });
    this.#judge = new ServiceJudge({
      environment,
      index: this.#index,
      releases: book,
      standings,
    });
    this.#pods = new PodAsker({
      watching,
      workloadsOf: service => this.#index.workloadsOf(service),
      onAnswer: (service, trouble) => {
        this.#judge.notePods(service, trouble);
        this.#wanted.add(service);
        options.onWanted();
      },
    });
    this.#unsubscribe = book.subscribe({
      onReleases: (of, services) => {
        if (of !== environment) return;
        if (services === 'all') this.#all = true;
        else services.forEach(service => this.#wanted.add(service));
        options.onWanted();
      },
      onPositions: () => {
        for (const service of this.#judge.unsettled()) {
          this.#wanted.add(service);
        }
        options.onWanted();
      },
    });
  }

  /** Reads what was written last. */
  static async load(options: ClusterServicesOptions): Promise<ClusterServices> {
    await options.book.load(options.environment);
    const scope = scopeOf(options);
    return new ClusterServices(
      options,
      await readStandings(options.knex, scope),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    await this.#pods.stop();
  }

  get usualSource(): ServiceIndex['usualSource'] {
    return this.#index.usualSource;
  }

  /** The release that a service runs well; undefined where it doesn't. */
  wellAt(service: string): number | undefined {
    const standing = this.#judge.standing(service);
    return standing?.state === 'reconciled'
      ? standing.releasePosition
      : undefined;
  }

  workloadsOf(service: string): ServiceWorkload[] {
    return this.#index.workloadsOf(service);
  }

  onObject(...change: Parameters<ServiceIndex['onObject']>): void {
    this.#index.onObject(...change);
  }

  /** The cluster is another one than before: nothing of it is known. */
  beginAnew(): void {
    this.#judge.beginAnew();
    this.#all = true;
  }

  /** @returns whether time alone has made something to judge */
  noteTime(now: number): boolean {
    const due = this.#judge.takeDue(now);
    due.forEach(service => this.#wanted.add(service));
    return due.length > 0;
  }

  /** Judges what changed since the last time. */
  async judge(): Promise<void> {
    const { services, ancestors } = this.#index.takeChanged();
    this.#wanted.forEach(service => services.add(service));
    this.#wanted.clear();
    const { kinds } = this.#options.watching.reading;
    if (this.#judge.noteReadings(kinds)) this.#all = true;
    if (ancestors) this.#judge.waiting.forEach(one => services.add(one));
    if (this.#all) this.#judge.allServices().forEach(one => services.add(one));
    this.#all = false;
    const left = [...services];
    try {
      while (left.length > 0 && !this.#stopped) {
        const some = left.slice(0, JUDGED_AT_A_TIME);
        const { changes, wantPods } = await this.#find(some);
        await this.#write(changes);
        left.splice(0, some.length);
        wantPods.forEach(service => this.#pods.want(service));
        if (left.length > 0) await takeTurn();
      }
    } catch (error) {
      left.forEach(service => this.#wanted.add(service));
      throw error;
    }
  }

  async #find(services: string[]): Promise<Findings> {
    const found: Findings = { changes: [], wantPods: [] };
    for (let at = 0; at < services.length; at += STRETCH) {
      if (at > 0) await takeTurn();
      const some = services.slice(at, at + STRETCH);
      await this.#learn(some);
      const { changes, wantPods } = this.#judge.judge(some, Date.now());
      found.changes.push(...changes);
      found.wantPods.push(...wantPods);
    }
    return found;
  }

  /** How many services that are released there have no Kustomization yet. */
  countMissing(): number {
    const { environment, book } = this.#options;
    let missing = 0;
    for (const service of book.releases(environment).keys()) {
      if (!this.#index.kustomizationOf(service)) missing += 1;
    }
    return missing;
  }

  /** Makes the commits known that the services are judged by. */
  async #learn(services: string[]) {
    const { watching, book } = this.#options;
    const commits = new Set<string>();
    const add = (commit?: string) => commit && commits.add(commit);
    for (const service of services) {
      const kustomization = this.#index.kustomizationOf(service);
      add(kustomization?.appliedCommit);
      add(kustomization?.attemptedCommit);
    }
    for (const { commit } of watching
      .objects<ObservedGitRepository>('gitRepositories')
      .values()) {
      add(commit);
    }
    await book.learn(commits);
  }

  async #write(changes: Findings['changes']) {
    const { hub, transact } = this.#options;
    const scope = scopeOf(this.#options);
    for (let at = 0; at < changes.length; at += ROWS_OF_A_TRANSACTION) {
      const some = changes.slice(at, at + ROWS_OF_A_TRANSACTION);
      await transact(tx => writeStandings(tx, scope, some, Date.now()));
      this.#judge.settle(some);
      await hub.publish({
        kind: 'cluster-services',
        services: some.map(([key]) => parseServiceKey(key)),
      });
    }
  }
}

function scopeOf(options: ClusterServicesOptions): ClusterScope {
  const { repository, definition, environment } = options;
  return { repository, cluster: definition.name, environment };
}
