import { hashNumber } from '../lib/hash.ts';
import type { Company } from '../company/types.ts';
import type { ClusterContext } from './ClusterContext.ts';
import { getObject } from './ClusterContext.ts';
import type { Instance } from './access/tokens.ts';
import type { Alerts } from './flux/Alerts.ts';
import { Events } from './flux/Events.ts';
import {
  REPORT_EVERY_MS,
  fluxReport,
  hasFluxOperator,
} from './flux/fluxReport.ts';
import {
  FLUX_NAMESPACE,
  KUSTOMIZE_API,
  OWNER_NAME,
  OWNER_NAMESPACE,
  SOURCE_API,
  SOURCE_NAME,
  ancestorObject,
  keyOf,
} from './flux/kustomization.ts';
import { Kustomizer } from './flux/Kustomizer.ts';
import { Source } from './flux/Source.ts';
import { nodeNames, nodeObjects } from './nodes/nodeObjects.ts';
import {
  SYSTEM_NAMESPACES,
  fluxDeployments,
  identityObjects,
  linkerdDeployments,
  namespaceObject,
} from './nodes/systemObjects.ts';
import type { Snapshot } from './repository/Snapshot.ts';
import { routingWeights } from './traffic/routingWeight.ts';
import type { KubeObject, ObjectStore } from './types.ts';
import { Workloads, isWorkload, workloadKey } from './workloads/Workloads.ts';

type Change = Parameters<Parameters<ObjectStore['onChange']>[0]>[0];

/**
 * Everything that works inside a cluster from its bootstrap until it is thrown
 * away: the next cluster of that name gets a life of its own.
 */
export class ClusterLife {
  readonly source: Source;
  readonly workloads: Workloads;
  readonly kustomizer: Kustomizer;
  /** Told when a workload gets another artifact, before its pods are made. */
  rollingOut: (object: KubeObject) => void = () => {};
  private readonly context: ClusterContext;
  private readonly company: Company;
  private readonly nodes: string[];
  private readonly unsubscribe: () => void;
  private own = 0;
  private settling = false;

  constructor(
    given: Omit<ClusterContext, 'write'>,
    company: Company,
    alerts: Alerts | undefined,
  ) {
    this.context = { ...given, write: work => this.write(work) };
    this.company = company;
    this.nodes = nodeNames(
      given.cluster,
      given.cluster.environment === 'platform' ? 0 : company.services.length,
    );
    const { context } = this;
    this.source = new Source(context, () => this.kustomizer.moved());
    this.workloads = new Workloads(context, this.nodes, object =>
      this.kustomizer.rolledOut(ownerOf(object)),
    );
    const events = new Events(context, alerts);
    this.kustomizer = new Kustomizer(
      context,
      this.source,
      this.workloads,
      events,
    );
    this.unsubscribe = given.store.onChange(change => this.changed(change));
  }

  /** A cluster in which everything has been well for long, at a revision. */
  settle(snapshot: Snapshot, instance: Instance): void {
    this.settling = true;
    this.bringApi(instance);
    this.bringControllers();
    this.source.begin(snapshot, true);
    for (const object of this.ancestors()) {
      const written = this.write(() => this.context.store.apply(object));
      this.kustomizer.settle(written, snapshot);
    }
    this.report();
    this.settling = false;
  }

  /** What Kubernetes itself has as soon as its API answers. */
  bringApi(instance: Instance): void {
    const namespaces = [
      ...SYSTEM_NAMESPACES,
      ...serviceNamespaces(this.company, this.context.cluster.environment),
    ];
    const objects = [
      ...namespaces.map(name => namespaceObject(name, instance)),
      ...nodeObjects(this.context.cluster, this.nodes, instance.createdAt),
      ...identityObjects(this.context.cluster),
    ];
    objects.forEach(object =>
      this.write(() => this.context.store.apply(object)),
    );
  }

  /** Flux's controllers, Linkerd's control plane, and what traffic is asked for. */
  bringControllers(): void {
    for (const object of routingWeights(this.context.cluster, this.company)) {
      this.write(() => this.context.store.apply(object));
    }
    for (const object of [
      ...fluxDeployments(this.context.cluster),
      ...linkerdDeployments(this.context.cluster),
    ]) {
      const written = this.write(() => this.context.store.apply(object));
      if (this.settling) {
        this.workloads.sync(written, true);
      }
    }
  }

  /** Flux begins to follow the repository; all is applied within that time. */
  bringFlux(snapshot: Snapshot, over: number): void {
    this.kustomizer.newcomers = over;
    this.source.begin(snapshot, false);
    this.ancestors().forEach(object =>
      this.write(() => this.context.store.apply(object)),
    );
    this.report();
  }

  /** Flux Operator reports now, and every five minutes. */
  private report(): void {
    const { cluster, store } = this.context;
    if (!hasFluxOperator(cluster)) {
      return;
    }
    const object = (apiVersion: string, kind: string, name: string) =>
      getObject(this.context, apiVersion, kind, FLUX_NAMESPACE, name);
    const report = fluxReport({
      cluster,
      nodes: this.nodes.length,
      kustomizations: store.list(
        store.typeOf({ apiVersion: KUSTOMIZE_API, kind: 'Kustomization' }),
      ),
      source: object(SOURCE_API, 'GitRepository', SOURCE_NAME),
      before: object('fluxcd.controlplane.io/v1', 'FluxReport', 'flux'),
      now: Date.now(),
    });
    this.write(() => store.apply(report));
    this.context.schedule.after(REPORT_EVERY_MS, () => this.report());
  }

  stop(): void {
    this.unsubscribe();
    this.context.schedule.stop();
  }

  private ancestors(): KubeObject[] {
    const { name, environment } = this.context.cluster;
    return [
      ancestorObject('flux-system', `./clusters/${environment}`),
      ancestorObject('infrastructure', `./infrastructure/${name}`),
    ];
  }

  private write<T>(work: () => T): T {
    this.own += 1;
    try {
      return work();
    } finally {
      this.own -= 1;
    }
  }

  private changed({ type, object, before }: Change): void {
    if (this.settling) {
      return;
    }
    const byHand = this.own === 0;
    const { kind } = object;
    const isSpecNew =
      type === 'ADDED' ||
      object.metadata.generation !== before?.metadata.generation;
    if (isWorkload(kind)) {
      this.workloadChanged(type, object, before, isSpecNew);
    } else if (kind === 'Kustomization') {
      if (type === 'DELETED') {
        this.kustomizer.gone(keyOf(object));
      } else if (isSpecNew || isDescribedAnew(object, before)) {
        this.kustomizer.noticed(object, before);
      }
    } else if (kind === 'Pod' && type === 'DELETED' && byHand) {
      this.workloads.podGone(
        object.metadata.namespace ?? '',
        object.metadata.name,
      );
    } else if (kind === 'GitRepository' && byHand && isSpecNew) {
      this.source.fetchSoon();
    }
  }

  private workloadChanged(
    type: Change['type'],
    object: KubeObject,
    before: KubeObject | undefined,
    isSpecNew: boolean,
  ): void {
    const byHand = this.own === 0;
    if (type === 'DELETED') {
      this.workloads.forget(object);
    } else if (isSpecNew) {
      if (before && artifactOf(object) !== artifactOf(before)) {
        this.rollingOut(object);
      }
      this.workloads.sync(object);
    }
    if (
      byHand &&
      (type !== 'MODIFIED' || isSpecNew || isDescribedAnew(object, before))
    ) {
      this.kustomizer.touched(ownerOf(object));
    }
  }
}

function artifactOf({ metadata }: KubeObject): string {
  return metadata.annotations?.['lunarway.com/artifact-id'] ?? '';
}

/** The Kustomization that applies an object, as `namespace/name`. */
export function ownerOf({ metadata }: KubeObject): string {
  const { labels = {} } = metadata;
  return `${labels[OWNER_NAMESPACE]}/${labels[OWNER_NAME]}`;
}

function isDescribedAnew(object: KubeObject, before: KubeObject | undefined) {
  const described = (o?: KubeObject) =>
    JSON.stringify([o?.metadata.labels, o?.metadata.annotations]);
  return described(object) !== described(before);
}

function serviceNamespaces(company: Company, environment: string): string[] {
  return [
    ...new Set(
      company.services
        .filter(s => s.inRepository && s.environments.includes(environment))
        .map(service => service.namespace || environment),
    ),
  ];
}

/** A number from 0 up to 1 that a rollout in a cluster always gets. */
export function luckOf(seed: number, cluster: string, object: KubeObject) {
  return hashNumber(seed, cluster, workloadKey(object), artifactOf(object));
}
