import { hash } from '../../lib/hash.ts';
import { deleteObject, getObject, within } from '../ClusterContext.ts';
import type { ClusterContext } from '../ClusterContext.ts';
import type { KubeObject } from '../types.ts';
import { podObject, templateOf } from './podObject.ts';
import type { Pod, PodFault, RolloutState } from './types.ts';
import { isRolledOut, workloadStatus } from './workloadStatus.ts';

const APPS = 'apps/v1';
const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** `spec.progressDeadlineSeconds` where nobody gave it. */
const DEADLINE_MS = 600_000;
const RESTART_MS = 20_000;
const MOST_RESTARTS = 8;
const CONTROLLER_MS = 40;

interface Kept {
  kind: string;
  namespace: string;
  name: string;
  pods: Pod[];
  revision: string;
  desired: number;
  late: boolean;
  made: number;
  /** Counts what was begun, so that what it overtook ends by itself. */
  turn: number;
}

export function isWorkload(kind: string): boolean {
  return KINDS.includes(kind);
}

/**
 * Kubernetes' own controllers, as far as they bring pods to workloads: pods are
 * replaced one after the other, each takes its time, and one that has a fault
 * never gets ready and stops the rollout.
 */
export class Workloads {
  private readonly context: ClusterContext;
  private readonly nodes: readonly string[];
  private readonly settled: (object: KubeObject) => void;
  private readonly kept = new Map<string, Kept>();
  /** By the workload's key; for the pods that are made from now on. */
  readonly faults = new Map<string, PodFault>();

  /** `settled` is told of each workload whose rollout is over. */
  constructor(
    context: ClusterContext,
    nodes: readonly string[],
    settled: (object: KubeObject) => void,
  ) {
    this.context = context;
    this.nodes = nodes;
    this.settled = settled;
  }

  /** Somebody wrote a workload. `instantly` makes its pods ready at once. */
  sync(object: KubeObject, instantly = false): void {
    const { kind, metadata } = object;
    const key = workloadKey(object);
    const revision = revisionOf(object);
    let kept = this.kept.get(key);
    if (!kept) {
      kept = {
        kind,
        namespace: metadata.namespace ?? '',
        name: metadata.name,
        pods: [],
        revision,
        desired: 0,
        late: false,
        made: 0,
        turn: 0,
      };
      this.kept.set(key, kept);
    }
    kept.revision = revision;
    kept.desired = this.desiredOf(object);
    kept.late = false;
    kept.turn += 1;
    if (instantly) {
      while (kept.pods.length < kept.desired) {
        this.makePod(object, kept, 'ready');
      }
      this.writeStatus(object, kept);
      return;
    }
    const begun = kept;
    const { turn } = kept;
    this.context.schedule.after(CONTROLLER_MS, () => this.goOn(begun, turn));
    this.context.schedule.after(DEADLINE_MS, () => {
      if (begun.turn === turn && !isRolledOut(this.stateOf(begun, 0))) {
        begun.late = true;
        this.write(begun);
      }
    });
  }

  /** A workload was deleted: its pods go with it. */
  forget(object: KubeObject): void {
    const key = workloadKey(object);
    const kept = this.kept.get(key);
    if (kept) {
      kept.turn += 1;
      this.kept.delete(key);
      kept.pods.forEach(pod => this.deletePod(kept, pod));
    }
  }

  /** Somebody deleted a pod by hand: another takes its place. */
  podGone(namespace: string, name: string): void {
    for (const kept of this.kept.values()) {
      if (kept.namespace === namespace && name.startsWith(`${kept.name}-`)) {
        const index = kept.pods.findIndex(pod => pod.name === name);
        if (index >= 0) {
          kept.pods.splice(index, 1);
          kept.turn += 1;
          this.goOn(kept, kept.turn);
          return;
        }
      }
    }
  }

  isReady(object: KubeObject): boolean {
    const kept = this.kept.get(workloadKey(object));
    return kept !== undefined && isRolledOut(this.stateOf(kept, 0));
  }

  isLate(object: KubeObject): boolean {
    return this.kept.get(workloadKey(object))?.late === true;
  }

  /** The pods of the next rollout, or those that run too, don't get ready. */
  setFault(object: KubeObject, fault: PodFault, presentToo: boolean): void {
    const key = workloadKey(object);
    this.faults.set(key, fault);
    const kept = this.kept.get(key);
    if (kept && presentToo) {
      kept.pods.forEach(pod => this.fail(kept, pod, fault));
      this.write(kept);
    }
  }

  /** True when there was a fault. */
  heal(key: string): boolean {
    const healed = this.faults.delete(key);
    const kept = this.kept.get(key);
    if (kept && healed) {
      for (const pod of kept.pods.filter(p => p.state === 'failing')) {
        pod.state = 'starting';
        pod.fault = undefined;
        this.startPod(kept, pod);
      }
      kept.late = false;
      kept.turn += 1;
      this.goOn(kept, kept.turn);
    }
    return healed;
  }

  private desiredOf({ kind, spec }: KubeObject): number {
    if (kind === 'DaemonSet') {
      return this.nodes.length;
    }
    const replicas = Number(spec?.replicas ?? 1);
    return Number.isInteger(replicas)
      ? Math.min(100, Math.max(0, replicas))
      : 1;
  }

  private objectOf({ kind, namespace, name }: Kept): KubeObject | undefined {
    return getObject(this.context, APPS, kind, namespace, name);
  }

  private stateOf(kept: Kept, generation: number): RolloutState {
    const { desired, revision, pods, late } = kept;
    const fault = this.faults.get(keptKey(kept));
    const made = pods.filter(pod => pod.revision === revision).length;
    const short = made < desired;
    return {
      generation,
      desired,
      revision,
      pods,
      late,
      ...(fault?.kind === 'quota' && short
        ? {
            refused: `pods "${kept.name}-${revision}-" is forbidden: exceeded quota: compute, requested: requests.memory=512Mi, used: requests.memory=64Gi, limited: requests.memory=64Gi`,
          }
        : {}),
    };
  }

  private write(kept: Kept): void {
    const object = this.objectOf(kept);
    if (object) {
      this.writeStatus(object, kept);
    }
  }

  private writeStatus(object: KubeObject, kept: Kept): void {
    const state = this.stateOf(kept, object.metadata.generation ?? 1);
    const { store } = this.context;
    this.context.write(() =>
      store.setStatus(object, workloadStatus(object, state, Date.now())),
    );
  }

  /** The next step of a rollout, until there is none or a pod holds it up. */
  private goOn(kept: Kept, turn: number): void {
    const object = this.objectOf(kept);
    if (!object || kept.turn !== turn) {
      return;
    }
    const isNew = (pod: Pod) => pod.revision === kept.revision;
    const old = kept.pods.filter(pod => !isNew(pod));
    const surge = kept.kind === 'Deployment' ? 1 : 0;
    const busy = kept.pods.some(pod => isNew(pod) && pod.state !== 'ready');
    const refused = this.faults.get(keptKey(kept))?.kind === 'quota';

    while (kept.pods.length > kept.desired && old.length === 0) {
      const surplus =
        kept.pods.find(pod => pod.state !== 'ready') ??
        kept.pods[kept.pods.length - 1];
      this.removePod(kept, surplus);
    }
    if (!busy && old.length > 0) {
      // Broken pods of before go first; nothing is lost with them.
      const broken = old.filter(pod => pod.state === 'failing');
      const leaving = broken.length > 0 ? broken : old.slice(-1);
      if (kept.pods.length > kept.desired || surge === 0 || broken.length > 0) {
        leaving.forEach(pod => this.removePod(kept, pod));
      }
    }
    if (!refused) {
      const news = kept.pods.filter(isNew).length;
      const olds = kept.pods.length - news;
      const room = kept.desired + (olds > 0 ? surge : 0) - kept.pods.length;
      const missing = Math.min(kept.desired - news, room);
      const most = olds > 0 && busy ? 0 : missing;
      for (let i = 0; i < most; i++) {
        this.makePod(object, kept, 'starting');
      }
    }
    this.writeStatus(object, kept);
    if (isRolledOut(this.stateOf(kept, 0))) {
      this.settled(object);
    } else if (
      kept.pods.every(pod => pod.state === 'ready') &&
      !refused &&
      kept.pods.length > 0
    ) {
      this.context.schedule.after(CONTROLLER_MS * 3, () =>
        this.goOn(kept, turn),
      );
    }
  }

  private makePod(
    object: KubeObject,
    kept: Kept,
    state: 'starting' | 'ready',
  ): void {
    kept.made += 1;
    const now = Date.now();
    const used = new Set(kept.pods.map(pod => pod.name));
    let ordinal = 0;
    while (used.has(`${kept.name}-${ordinal}`)) {
      ordinal += 1;
    }
    const suffix = hash(kept.namespace, kept.name, kept.revision, kept.made);
    const stem =
      kept.kind === 'Deployment' ? `${kept.name}-${kept.revision}` : kept.name;
    const pod: Pod = {
      name:
        kept.kind === 'StatefulSet'
          ? `${kept.name}-${ordinal}`
          : `${stem}-${suffix.slice(0, 5)}`,
      revision: kept.revision,
      node: this.nodes[
        kept.kind === 'DaemonSet'
          ? kept.pods.length % this.nodes.length
          : parseInt(suffix.slice(5, 10), 16) % this.nodes.length
      ],
      state,
      restarts: 0,
      createdAt: now,
      changedAt: now,
    };
    kept.pods.push(pod);
    this.writePod(object, pod);
    if (state === 'starting') {
      this.startPod(kept, pod);
    }
  }

  private startPod(kept: Kept, pod: Pod): void {
    const { context } = this;
    context.schedule.after(within(context, context.timings.podStart), () => {
      if (!kept.pods.includes(pod) || pod.state !== 'starting') {
        return;
      }
      const fault = this.faults.get(keptKey(kept));
      const object = this.objectOf(kept);
      if (fault && fault.kind !== 'quota') {
        this.fail(kept, pod, fault);
        this.write(kept);
      } else if (object) {
        pod.state = 'ready';
        pod.changedAt = Date.now();
        this.writePod(object, pod);
        this.goOn(kept, kept.turn);
      }
    });
  }

  private fail(kept: Kept, pod: Pod, fault: PodFault): void {
    const object = this.objectOf(kept);
    if (!object || fault.kind === 'quota') {
      return;
    }
    pod.state = 'failing';
    pod.fault = fault.kind;
    pod.changedAt = Date.now();
    this.restart(kept, pod);
    this.writePod(object, pod);
  }

  /** A crashing container comes back again and again, ever less often. */
  private restart(kept: Kept, pod: Pod): void {
    if (pod.fault !== 'crash' || pod.restarts >= MOST_RESTARTS) {
      return;
    }
    pod.restarts += 1;
    this.context.schedule.after(RESTART_MS * pod.restarts, () => {
      const object = this.objectOf(kept);
      if (object && kept.pods.includes(pod) && pod.state === 'failing') {
        this.restart(kept, pod);
        this.writePod(object, pod);
      }
    });
  }

  private writePod(workload: KubeObject, pod: Pod): void {
    const template = templateOf(workload);
    const known = getObject(
      this.context,
      'v1',
      'Pod',
      workload.metadata.namespace,
      pod.name,
    );
    // A pod stays what it was made from, whatever became of its workload.
    const containers =
      (known?.spec?.containers as { name: string; image: string }[]) ??
      (template.spec?.containers ?? []).map(({ name, image }) => ({
        name,
        image,
      }));
    const labels = known?.metadata.labels ?? template.metadata?.labels ?? {};
    this.context.write(() =>
      this.context.store.apply(podObject(workload, pod, containers, labels)),
    );
  }

  private removePod(kept: Kept, pod: Pod): void {
    kept.pods = kept.pods.filter(other => other !== pod);
    this.deletePod(kept, pod);
  }

  private deletePod({ namespace }: Kept, pod: Pod): void {
    this.context.write(() =>
      deleteObject(this.context, 'v1', 'Pod', namespace, pod.name),
    );
  }
}

export function workloadKey({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}

function keptKey({ kind, namespace, name }: Kept): string {
  return `${kind}/${namespace}/${name}`;
}

function revisionOf(object: KubeObject): string {
  const digest = parseInt(
    hash(JSON.stringify(templateOf(object))).slice(0, 10),
    16,
  );
  return digest.toString(36).padStart(8, '0');
}
