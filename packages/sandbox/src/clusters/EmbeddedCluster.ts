import type { Cluster, Company } from '../company/types.ts';
import type { Instances } from './access/tokens.ts';
import { Random } from '../lib/random.ts';
import { ClusterLife, luckOf, ownerOf } from './ClusterLife.ts';
import { Schedule } from './lib/Schedule.ts';
import type { Alerts } from './flux/Alerts.ts';
import {
  FLUX_NAMESPACE,
  KUSTOMIZE_API,
  OWNER_NAME,
  SOURCE_API,
  SOURCE_NAME,
  keyOf,
} from './flux/kustomization.ts';
import {
  DRIFT_EVERY_MS,
  ownMishap,
  scaledByHand,
  withArtifact,
} from './mishaps/ownMishaps.ts';
import { rebuildPlan } from './recovery/rebuildPlan.ts';
import type { Snapshot } from './repository/Snapshot.ts';
import type { ClusterTimings } from './timings.ts';
import { routingWeight } from './traffic/routingWeight.ts';
import type {
  ClusterFault,
  ClusterFaultOptions,
  ClusterServer,
  KubeObject,
} from './types.ts';
import type { PodFaultKind } from './workloads/types.ts';
import { workloadKey } from './workloads/Workloads.ts';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** What can't be done, said to whoever asked. */
export class ClusterError extends Error {}

export interface EmbeddedClusterOptions {
  cluster: Cluster;
  company: Company;
  server: ClusterServer;
  timings: ClusterTimings;
  /** True lets things go wrong by themselves, rarely. */
  mishaps: boolean;
  alerts: Alerts | undefined;
  instances: Instances;
  log: (message: string) => void;
}

/** One cluster of the world: its API server, what lives in it, its mishaps. */
export class EmbeddedCluster {
  readonly cluster: Cluster;
  readonly server: ClusterServer;
  /** Told when the cluster is due to have its links, and its gateway's part. */
  linksWanted: () => void = () => {};
  /** Told when its gateway has gone with it, or is there again. */
  gatewayChanged: (isThere: boolean) => Promise<void> = async () => {};
  private readonly options: EmbeddedClusterOptions;
  private readonly random: Random;
  private life: ClusterLife;
  private schedule: Schedule;
  private newest: Snapshot | undefined;
  private rebuilding: Schedule | undefined;

  constructor(options: EmbeddedClusterOptions) {
    this.options = options;
    this.cluster = options.cluster;
    this.server = options.server;
    const { seed } = options.company;
    this.random = Random.fromSeed(`cluster/${seed}/${this.cluster.name}`);
    this.schedule = this.newSchedule();
    this.life = this.newLife();
  }

  get name(): string {
    return this.cluster.name;
  }

  /** Fills the cluster as it is when nothing happens. */
  settle(snapshot: Snapshot): void {
    this.newest = snapshot;
    this.life.settle(snapshot, this.options.instances.read());
    if (this.options.mishaps) {
      this.beginMishaps();
    }
  }

  /** The repository has another tip. */
  push(snapshot: Snapshot): void {
    if (snapshot !== this.newest) {
      this.newest = snapshot;
      this.life.source.push(snapshot);
    }
  }

  async setFault(
    fault: ClusterFault | undefined,
    options: ClusterFaultOptions = {},
  ): Promise<void> {
    if (this.rebuilding) {
      throw new ClusterError(`${this.name} is being rebuilt: wait for its end`);
    }
    await this.server.setFault(fault, options);
  }

  /** Suspends a Kustomization, or the source, or lets it go on. Gives its name. */
  suspend(name: string, suspended: boolean): string {
    const object = this.findSuspendable(name);
    const { suspend: _, ...spec } = object.spec ?? {};
    this.server.store.apply({
      ...object,
      spec: { ...spec, ...(suspended ? { suspend: true } : {}) },
    });
    return `${object.kind} ${keyOf(object)}`;
  }

  /** The service's workload; undefined where it isn't in this cluster. */
  findWorkload(service: string): KubeObject | undefined {
    const { store } = this.server;
    for (const kind of WORKLOADS) {
      const type = store.typeOf({ apiVersion: 'apps/v1', kind });
      const found = store
        .list(type)
        .find(
          ({ metadata }) =>
            metadata.name === service && metadata.labels?.[OWNER_NAME],
        );
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /** The service's pods can't run: those of its next rollout, or present ones. */
  breakPods(service: string, kind: PodFaultKind, presentToo: boolean): boolean {
    const workload = this.findWorkload(service);
    if (workload) {
      const { workloads } = this.life;
      workloads.setFault(workload, { kind, byItself: false }, presentToo);
      if (presentToo) {
        // Flux sees it at its next turn: let that be soon.
        this.lookAt(workload, this.options.timings.drift / 2);
      }
    }
    return workload !== undefined;
  }

  /** The pods of a service, or of all, can run again. Gives how many had a fault. */
  heal(service: string | undefined): number {
    const { workloads } = this.life;
    const keys = [...workloads.faults.keys()].filter(
      key => service === undefined || key.split('/')[2] === service,
    );
    for (const key of keys) {
      const workload = this.findWorkload(key.split('/')[2]);
      workloads.heal(key);
      if (workload) {
        this.lookAt(workload, 2000);
      }
    }
    return keys.length;
  }

  /**
   * Somebody changes a workload with kubectl. Undefined where it isn't in this
   * cluster. Flux mends it at its interval, unless suspended.
   */
  drift(
    service: string,
    change: { replicas: number } | { artifactId: string },
  ): KubeObject | undefined {
    const workload = this.findWorkload(service);
    return (
      workload &&
      this.server.store.apply(
        'replicas' in change
          ? scaledByHand(workload, change.replicas)
          : withArtifact(workload, change.artifactId),
      )
    );
  }

  /** Takes back what `drift` did. True where there was anything to take back. */
  restore(service: string): boolean {
    const workload = this.findWorkload(service);
    return (
      workload !== undefined && this.life.kustomizer.restore(ownerOf(workload))
    );
  }

  /** The cluster asks for so much of the traffic, or only tries to. */
  setWeight(weight: number, dryRun: boolean): void {
    this.server.store.apply(routingWeight(this.cluster, weight, dryRun));
  }

  /** Whether Flux may read the repository. */
  setSourceFailing(failing: boolean): void {
    this.life.source.setFailing(failing);
  }

  /**
   * Throws the cluster away and bootstraps another under its name; all of it
   * takes about so many milliseconds.
   */
  async rebuild(milliseconds: number): Promise<void> {
    if (this.rebuilding) {
      throw new ClusterError(`${this.name} is being rebuilt already`);
    }
    this.life.stop();
    const schedule = this.newSchedule();
    this.rebuilding = schedule;
    await this.server.setFault('refuse');
    await this.gatewayChanged(false);
    this.server.store.reset();
    const instance = this.options.instances.renew();
    this.schedule = this.newSchedule();
    this.life = this.newLife();
    const { life } = this;
    const plan = rebuildPlan(milliseconds);
    schedule.after(plan.apiReachable, () => {
      life.bringApi(instance);
      this.server.setFault(undefined).catch(error => {
        this.options.log(`${this.name} can't come back: ${error.message}`);
      });
    });
    schedule.after(plan.controllers, () => life.bringControllers());
    schedule.after(plan.flux, () => life.bringFlux(this.newest!, plan.over));
    schedule.after(plan.links, () => {
      this.linksWanted();
      this.gatewayChanged(true).catch(error => {
        this.options.log(`${this.name} has no gateway: ${error.message}`);
      });
    });
    schedule.after(milliseconds, () => {
      life.kustomizer.newcomers = 0;
      this.rebuilding = undefined;
    });
  }

  /** What is on in this cluster, in words; empty when nothing is. */
  get mishaps(): string[] {
    const { fault, store } = this.server;
    const { source, workloads } = this.life;
    const suspended = [
      { apiVersion: KUSTOMIZE_API, kind: 'Kustomization' },
      { apiVersion: SOURCE_API, kind: 'GitRepository' },
    ].flatMap(type =>
      store
        .list(store.typeOf(type))
        .filter(object => object.spec?.suspend === true)
        .map(object => `suspended ${keyOf(object)}`),
    );
    return [
      ...(this.rebuilding ? ['being rebuilt'] : []),
      ...(fault && !this.rebuilding
        ? [`API ${fault.fault}${fault.kind ? ` ${fault.kind}` : ''}`]
        : []),
      ...(source.isFailing ? ['source-fault'] : []),
      ...suspended,
      ...[...workloads.faults].map(
        ([key, { kind, byItself }]) =>
          `${kind} of ${key}${byItself ? ' (by itself)' : ''}`,
      ),
    ];
  }

  async stop(): Promise<void> {
    this.rebuilding?.stop();
    this.life.stop();
    await this.server.stop();
  }

  private newSchedule(): Schedule {
    return new Schedule(error =>
      this.options.log(`${this.name} stumbled: ${error.stack}`),
    );
  }

  private newLife(): ClusterLife {
    const { company, timings, alerts, cluster, server } = this.options;
    const { schedule, random } = this;
    const life = new ClusterLife(
      { cluster, store: server.store, schedule, timings, random },
      company,
      alerts,
    );
    if (this.options.mishaps) {
      life.rollingOut = object => this.tryLuck(object, false);
    }
    return life;
  }

  private get isGuarded(): boolean {
    const { environments } = this.options.company;
    return this.cluster.environment === environments[environments.length - 1];
  }

  private lookAt(workload: KubeObject, latest: number): void {
    this.life.kustomizer.touched(ownerOf(workload), latest);
  }

  private findSuspendable(name: string): KubeObject {
    const { store } = this.server;
    const source = store.get(
      store.typeOf({ apiVersion: SOURCE_API, kind: 'GitRepository' }),
      FLUX_NAMESPACE,
      SOURCE_NAME,
    );
    if (source && [SOURCE_NAME, keyOf(source)].includes(name)) {
      return source;
    }
    const type = store.typeOf({
      apiVersion: KUSTOMIZE_API,
      kind: 'Kustomization',
    });
    const found = store
      .list(type)
      .find(object => [object.metadata.name, keyOf(object)].includes(name));
    if (!found) {
      throw new ClusterError(
        `${this.name} has no Kustomization or service "${name}"`,
      );
    }
    return found;
  }

  /** A rollout begins; perhaps it goes wrong. */
  private tryLuck(object: KubeObject, atStart: boolean): void {
    const key = workloadKey(object);
    const { workloads } = this.life;
    const { seed } = this.options.company;
    const luck = luckOf(seed, this.name, object);
    const mishap = ownMishap(luck, this.isGuarded, atStart);
    const known = workloads.faults.get(key);
    if (known?.byItself) {
      // Another release: whatever was wrong with the one before is gone.
      workloads.faults.delete(key);
    }
    if (
      mishap &&
      (!known || known.byItself) &&
      object.metadata.labels?.[OWNER_NAME]
    ) {
      workloads.setFault(
        object,
        { kind: mishap.kind, byItself: true },
        atStart,
      );
      this.schedule.after(mishap.healsAfter, () => {
        if (workloads.faults.get(key)?.byItself && workloads.heal(key)) {
          this.lookAt(object, 2000);
        }
      });
    }
  }

  private beginMishaps(): void {
    const { store } = this.server;
    for (const kind of WORKLOADS) {
      const type = store.typeOf({ apiVersion: 'apps/v1', kind });
      for (const object of store.list(type)) {
        this.tryLuck(object, true);
        if (this.life.workloads.faults.has(workloadKey(object))) {
          this.lookAt(object, 1000);
        }
      }
    }
    if (!this.isGuarded && this.cluster.environment !== 'platform') {
      this.driftSometimes();
    }
  }

  private driftSometimes(): void {
    this.schedule.after(this.random.exponential(DRIFT_EVERY_MS), () => {
      const { store } = this.server;
      const type = store.typeOf({ apiVersion: 'apps/v1', kind: 'Deployment' });
      const candidates = store
        .list(type)
        .filter(({ metadata }) => metadata.labels?.[OWNER_NAME]);
      if (candidates.length > 0) {
        const object = this.random.pick(candidates);
        const replicas = Number(object.spec?.replicas ?? 1) + 1;
        this.drift(object.metadata.name, { replicas });
      }
      this.driftSometimes();
    });
  }
}
