import { isComplete } from './decide/isComplete';
import { ServiceWorkload } from './decide/types';
import { ObjectRef, ObservedWorkload } from './observe/types';
import { SetMap } from './SetMap';
import { ObservedObjects } from './types';

/** What a workload belongs to. */
export type WorkloadOwner = 'kustomization' | 'helm-release' | 'app';

/** Kinds of workloads as they are watched, and as Kubernetes names them. */
export const WORKLOAD_KINDS: Record<string, string> = {
  deployments: 'Deployment',
  statefulSets: 'StatefulSet',
  daemonSets: 'DaemonSet',
};

const ownerId = (owner: WorkloadOwner, key: string) => `${owner}:${key}`;

/**
 * Which workloads belong to what: to a Kustomization or HelmRelease by their
 * labels, to a name of an application where they have none. Holds keys, and
 * since when a workload has not been as it is to be.
 */
export class WorkloadIndex {
  readonly #objects: <T>(kind: string) => ObservedObjects<T>;
  readonly #now: () => number;
  readonly #onOwner: (owner: WorkloadOwner, key: string) => void;
  readonly #workloads = new SetMap();
  readonly #ownersOf = new Map<string, Array<[WorkloadOwner, string]>>();
  readonly #unreadySince = new Map<string, number>();

  constructor(options: {
    objects: <T>(kind: string) => ObservedObjects<T>;
    now: () => number;
    /** Something changed that belongs to this owner. */
    onOwner: (owner: WorkloadOwner, key: string) => void;
  }) {
    this.#objects = options.objects;
    this.#now = options.now;
    this.#onOwner = options.onOwner;
  }

  onObject(kind: string, key: string, value?: ObservedWorkload): void {
    const id = `${kind}:${key}`;
    if (!value || isComplete(value)) this.#unreadySince.delete(id);
    else if (!this.#unreadySince.has(id)) {
      this.#unreadySince.set(id, this.#now());
    }
    const before = this.#ownersOf.get(id) ?? [];
    const after = value ? findOwners(value) : [];
    const known = new Set(before.map(owner => ownerId(...owner)));
    for (const owner of before) {
      this.#workloads.delete(ownerId(...owner), id);
      this.#onOwner(...owner);
    }
    for (const owner of after) {
      this.#workloads.add(ownerId(...owner), id);
      if (!known.has(ownerId(...owner))) this.#onOwner(...owner);
    }
    if (after.length > 0) this.#ownersOf.set(id, after);
    else this.#ownersOf.delete(id);
  }

  /** The ids of an owner's workloads. */
  idsOf(owner: WorkloadOwner, key: string): Iterable<string> {
    return this.#workloads.get(ownerId(owner, key));
  }

  /** The workloads of some ids that are there, in a fixed order. */
  read(ids: Iterable<string>): ServiceWorkload[] {
    return [...ids].sort().flatMap(id => {
      const colon = id.indexOf(':');
      const workload = this.#objects<ObservedWorkload>(id.slice(0, colon)).get(
        id.slice(colon + 1),
      );
      if (!workload) return [];
      const unreadySince = this.#unreadySince.get(id);
      return unreadySince === undefined
        ? workload
        : { ...workload, unreadySince };
    });
  }

  /** Nothing is known any more of how long anything lasts. */
  forgetTimes(): void {
    this.#unreadySince.clear();
  }
}

const keyOf = ({ namespace, name }: ObjectRef) => `${namespace}/${name}`;

function findOwners(
  workload: ObservedWorkload,
): Array<[WorkloadOwner, string]> {
  const { kustomization, helmRelease, namespace, name, app } = workload;
  if (kustomization || helmRelease) {
    return [
      ...(kustomization
        ? [['kustomization', keyOf(kustomization)] as [WorkloadOwner, string]]
        : []),
      ...(helmRelease
        ? [['helm-release', keyOf(helmRelease)] as [WorkloadOwner, string]]
        : []),
    ];
  }
  const names = new Set(app ? [app, name] : [name]);
  return [...names].map(one => ['app', `${namespace}/${one}`]);
}
