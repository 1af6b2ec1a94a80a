import { watchedKinds } from '../observe/watchedKinds';
import {
  ClusterListener,
  ClusterReading,
  ClusterWatching,
  ObservedObjects,
  WatchedKind,
} from '../types';

const COLLECTIONS: Record<string, string> = {
  Node: 'nodes',
  ConfigMap: 'configMaps',
  Deployment: 'deployments',
  StatefulSet: 'statefulSets',
  DaemonSet: 'daemonSets',
  GitRepository: 'gitRepositories',
  Kustomization: 'kustomizations',
  HelmRelease: 'helmReleases',
  FluxReport: 'fluxReports',
  RoutingWeight: 'routingWeights',
  Event: 'events',
  Link: 'links',
  Service: 'mirroredServices',
  Ingress: 'ingresses',
  Certificate: 'certificates',
};

interface KubeLike {
  kind: string;
  metadata: { namespace?: string; name: string; labels?: object };
}

/** What a cluster's selectors would say: of some kinds there are several. */
function collectionOf({ kind, metadata }: KubeLike): string {
  if (metadata.name === 'linkerd-identity-trust-roots') return 'trustRoots';
  return metadata.labels && 'mirror.linkerd.io/exported' in metadata.labels
    ? 'exportedServices'
    : COLLECTIONS[kind];
}

/**
 * A cluster whose objects are given as the API server would, and which tells
 * of them as a watcher does: what was observed, where it differs.
 */
export class MemoryClusterWatching implements ClusterWatching {
  listener?: ClusterListener;
  reading: ClusterReading;
  onStart?: () => void;
  started = false;
  stopped = false;
  looks = 0;
  /** What the pods of any workload are. */
  pods: unknown[] = [];
  readonly lists: string[] = [];
  readonly #objects = new Map<string, Map<string, unknown>>(
    watchedKinds.map(kind => [kind.id, new Map()]),
  );

  constructor(reading: Partial<ClusterReading> = {}) {
    const now = Date.now();
    this.reading = {
      state: 'live',
      since: now,
      observedAt: now,
      instance: 'one',
      kubernetesVersion: 'v1.31.2',
      kinds: watchedKinds.map(({ id, resource }) => ({
        id,
        kind: resource,
        state: 'live',
        objects: 0,
      })),
      ...reading,
    };
  }

  objects<T>(kind: string): ObservedObjects<T> {
    return this.#objects.get(kind) as ObservedObjects<T>;
  }

  async list<T>(
    kind: WatchedKind<T>,
    options: { namespace?: string; labelSelector?: string; limit: number },
  ): Promise<T[]> {
    this.lists.push(`${options.namespace} ${options.labelSelector}`);
    return this.pods.flatMap(pod => kind.observe(pod) ?? []);
  }

  start(): void {
    this.started = true;
    this.onStart?.();
    this.listener?.onReading(this.reading);
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  look(): void {
    this.looks += 1;
  }

  apply(...objects: object[]): void {
    for (const object of objects) this.hold(this.observe(object));
  }

  /** What is kept of an object; apart, where a test measures the rest. */
  observe(object: object) {
    const { kind, key } = this.#find(object as KubeLike);
    return { kind: kind.id, key, value: kind.observe(object) };
  }

  hold({ kind, key, value }: { kind: string; key: string; value: unknown }) {
    if (value === undefined) return;
    this.#objects.get(kind)!.set(key, value);
    this.listener?.onObject(kind, key, value);
  }

  remove(object: object): void {
    const { kind, objects, key } = this.#find(object as KubeLike);
    objects.delete(key);
    this.listener?.onObject(kind.id, key, undefined);
  }

  read(reading: Partial<ClusterReading>): void {
    this.reading = { ...this.reading, ...reading };
    this.listener?.onReading(this.reading);
  }

  #find(object: KubeLike) {
    const kind = watchedKinds.find(one => one.id === collectionOf(object))!;
    const { namespace = '', name } = object.metadata;
    return {
      kind,
      objects: this.#objects.get(kind.id)!,
      key: `${namespace}/${name}`,
    };
  }
}
