import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { isComplete } from './decide/isComplete';
import { Ancestors, ServiceWorkload } from './decide/types';
import {
  ObjectRef,
  ObservedEvent,
  ObservedGitRepository,
  ObservedHelmRelease,
  ObservedKustomization,
  ObservedWorkload,
  SourceRef,
} from './observe/types';
import { serviceKey } from './serviceKey';
import { SetMap } from './SetMap';
import { ObservedObjects } from './types';

const WORKLOAD_KINDS: Record<string, string> = {
  deployments: 'Deployment',
  statefulSets: 'StatefulSet',
  daemonSets: 'DaemonSet',
};

const keyOf = ({ namespace, name }: ObjectRef) => `${namespace}/${name}`;

/**
 * Which objects of a cluster belong to which service, kept with each change,
 * so that a change is judged for the services that it concerns alone. Holds
 * keys; the objects are the watcher's.
 */
export class ServiceIndex implements Ancestors {
  readonly #objects: <T>(kind: string) => ObservedObjects<T>;
  readonly #layout: Layout;
  readonly #environment: string;
  readonly #now: () => number;
  readonly #services = new SetMap();
  readonly #serviceOf = new Map<string, string>();
  readonly #workloads = new SetMap();
  readonly #ownersOf = new Map<string, string[]>();
  readonly #events = new SetMap();
  readonly #kustomizationOfEvent = new Map<string, string>();
  readonly #kustomizationOfHelm = new Map<string, string>();
  readonly #unreadySince = new Map<string, number>();
  readonly #sources = new Map<string, number>();
  readonly #owners = new Map<string, number>();
  /** Keeps what was counted of a Kustomization, to be taken back. */
  readonly #counted = new Map<string, { source?: string; owner?: string }>();
  readonly #changed = new Set<string>();
  #ancestorsChanged = false;

  constructor(options: {
    objects: <T>(kind: string) => ObservedObjects<T>;
    layout: Layout;
    environment: string;
    now?: () => number;
  }) {
    this.#objects = options.objects;
    this.#layout = options.layout;
    this.#environment = options.environment;
    this.#now = options.now ?? Date.now;
  }

  onObject(kind: string, key: string, value: unknown): void {
    if (kind === 'kustomizations') {
      this.#onKustomization(key, value as ObservedKustomization | undefined);
    } else if (kind === 'gitRepositories') {
      this.#ancestorsChanged = true;
    } else if (kind === 'helmReleases') {
      this.#onHelmRelease(key, value as ObservedHelmRelease | undefined);
    } else if (kind === 'events') {
      this.#onEvent(key, value as ObservedEvent | undefined);
    } else if (WORKLOAD_KINDS[kind]) {
      this.#onWorkload(kind, key, value as ObservedWorkload | undefined);
    }
  }

  /** The services that changed since it was asked last. */
  takeChanged(): { services: Set<string>; ancestors: boolean } {
    const taken = {
      services: new Set(this.#changed),
      ancestors: this.#ancestorsChanged,
    };
    this.#changed.clear();
    this.#ancestorsChanged = false;
    return taken;
  }

  kustomization(ref: ObjectRef): ObservedKustomization | undefined {
    return this.#objects<ObservedKustomization>('kustomizations').get(
      keyOf(ref),
    );
  }

  gitRepository(ref: ObjectRef): ObservedGitRepository | undefined {
    return this.#objects<ObservedGitRepository>('gitRepositories').get(
      keyOf(ref),
    );
  }

  kustomizationOf(service: string): ObservedKustomization | undefined {
    const keys = this.#services.get(service);
    if (keys.size === 0) return undefined;
    // Two of the same path are a fault; which of them counts may not change.
    const [first] = keys.size === 1 ? keys : [...keys].sort();
    return this.#objects<ObservedKustomization>('kustomizations').get(first);
  }

  workloadsOf(service: string): ServiceWorkload[] {
    const keys = new Set<string>();
    for (const key of this.#services.get(service)) {
      for (const one of this.#workloads.get(`k:${key}`)) keys.add(one);
    }
    for (const helm of this.helmReleasesOf(service)) {
      for (const one of this.#workloads.get(`h:${keyOf(helm)}`)) keys.add(one);
    }
    if (keys.size === 0) {
      for (const one of this.#workloads.get(this.#appOwner(service))) {
        keys.add(one);
      }
    }
    return [...keys].sort().flatMap(key => {
      const colon = key.indexOf(':');
      const workload = this.#objects<ObservedWorkload>(key.slice(0, colon)).get(
        key.slice(colon + 1),
      );
      if (!workload) return [];
      const unreadySince = this.#unreadySince.get(key);
      return unreadySince === undefined
        ? workload
        : { ...workload, unreadySince };
    });
  }

  /** Of the inventory of its Kustomization, those that aren't there. */
  missingOf(
    kustomization: ObservedKustomization,
    isRead: (kind: string) => boolean,
  ): string[] {
    const { workloads } = kustomization;
    if (!workloads) return [];
    return workloads.filter(id => {
      const [kind, namespace, name] = id.split('/');
      const watched = Object.keys(WORKLOAD_KINDS).find(
        one => WORKLOAD_KINDS[one] === kind,
      );
      return (
        watched !== undefined &&
        isRead(watched) &&
        !this.#objects(watched).has(`${namespace}/${name}`)
      );
    });
  }

  helmReleasesOf(service: string): ObservedHelmRelease[] {
    const kustomization = this.kustomizationOf(service);
    const all = this.#objects<ObservedHelmRelease>('helmReleases');
    return (kustomization?.helmReleases ?? []).flatMap(
      ref => all.get(keyOf(ref)) ?? [],
    );
  }

  eventsOf(kustomization: ObservedKustomization): ObservedEvent[] {
    const keys = this.#events.get(keyOf(kustomization));
    if (keys.size === 0) return [];
    const all = this.#objects<ObservedEvent>('events');
    return [...keys].flatMap(key => all.get(key) ?? []);
  }

  /** What most services are read from: the config repository. */
  get usualSource(): SourceRef | undefined {
    const [kind, namespace, name] =
      mostCounted(this.#sources)?.split('/') ?? [];
    return name ? { kind, namespace, name } : undefined;
  }

  /** What makes most services' Kustomizations. */
  get usualOwner(): ObjectRef | undefined {
    const [namespace, name] = mostCounted(this.#owners)?.split('/') ?? [];
    return name ? { namespace, name } : undefined;
  }

  /** Nothing is known any more of how long anything lasts. */
  forgetTimes(): void {
    this.#unreadySince.clear();
  }

  #onKustomization(key: string, value: ObservedKustomization | undefined) {
    this.#ancestorsChanged = true;
    const before = this.#serviceOf.get(key);
    const after = value && this.#readService(value.path);
    if (before !== undefined) this.#changed.add(before);
    if (after !== undefined) this.#changed.add(after);
    if (before !== after) {
      if (before !== undefined) this.#services.delete(before, key);
      if (after === undefined) this.#serviceOf.delete(key);
      else {
        this.#services.add(after, key);
        this.#serviceOf.set(key, after);
      }
    }
    this.#count(key, after === undefined ? undefined : value);
    for (const ref of value?.helmReleases ?? []) {
      this.#kustomizationOfHelm.set(keyOf(ref), key);
    }
  }

  #readService(path: string): string | undefined {
    const place = this.#layout.readPath(path);
    if (
      place.kind !== 'release-folder' ||
      place.environment !== this.#environment
    ) {
      return undefined;
    }
    return serviceKey(this.#layout.readNamespace(place), place.service);
  }

  #count(key: string, value: ObservedKustomization | undefined) {
    const before = this.#counted.get(key);
    const source =
      value?.source &&
      `${value.source.kind}/${value.source.namespace}/${value.source.name}`;
    const owner = value?.owner && keyOf(value.owner);
    if (before?.source === source && before?.owner === owner) return;
    addCount(this.#sources, before?.source, -1);
    addCount(this.#owners, before?.owner, -1);
    addCount(this.#sources, source, 1);
    addCount(this.#owners, owner, 1);
    if (source || owner) this.#counted.set(key, { source, owner });
    else this.#counted.delete(key);
  }

  #onHelmRelease(key: string, value: ObservedHelmRelease | undefined) {
    const kustomization =
      this.#kustomizationOfHelm.get(key) ??
      (value?.owner && keyOf(value.owner));
    this.#noteChange(kustomization);
  }

  #onEvent(key: string, value: ObservedEvent | undefined) {
    const before = this.#kustomizationOfEvent.get(key);
    const after = value && keyOf(value.kustomization);
    if (before !== undefined && before !== after) {
      this.#events.delete(before, key);
      this.#kustomizationOfEvent.delete(key);
    }
    if (after !== undefined) {
      this.#events.add(after, key);
      this.#kustomizationOfEvent.set(key, after);
      // One that is gone says nothing new.
      this.#noteChange(after);
    }
  }

  #onWorkload(kind: string, key: string, value: ObservedWorkload | undefined) {
    const id = `${kind}:${key}`;
    if (!value || isComplete(value)) this.#unreadySince.delete(id);
    else if (!this.#unreadySince.has(id)) {
      this.#unreadySince.set(id, this.#now());
    }
    const before = this.#ownersOf.get(id) ?? [];
    const after = value ? ownersOf(value) : [];
    for (const owner of before) {
      this.#workloads.delete(owner, id);
      this.#noteOwner(owner);
    }
    for (const owner of after) {
      this.#workloads.add(owner, id);
      if (!before.includes(owner)) this.#noteOwner(owner);
    }
    if (after.length > 0) this.#ownersOf.set(id, after);
    else this.#ownersOf.delete(id);
  }

  #noteOwner(owner: string) {
    const key = owner.slice(2);
    if (owner.startsWith('k:')) this.#noteChange(key);
    else if (owner.startsWith('h:')) {
      this.#noteChange(this.#kustomizationOfHelm.get(key));
    } else this.#changed.add(this.#serviceOfApp(key));
  }

  #noteChange(kustomization: string | undefined) {
    const service =
      kustomization === undefined
        ? undefined
        : this.#serviceOf.get(kustomization);
    if (service !== undefined) this.#changed.add(service);
  }

  // An artifact without a namespace runs in the one named as its environment.
  #appOwner(service: string): string {
    return service.startsWith('/')
      ? `a:${this.#environment}${service}`
      : `a:${service}`;
  }

  #serviceOfApp(key: string): string {
    const prefix = `${this.#environment}/`;
    const bare = key.startsWith(prefix) ? key.slice(prefix.length - 1) : key;
    return this.#services.has(bare) ? bare : key;
  }
}

function ownersOf(workload: ObservedWorkload): string[] {
  const { kustomization, helmRelease, namespace, name, app } = workload;
  if (kustomization || helmRelease) {
    return [
      ...(kustomization ? [`k:${keyOf(kustomization)}`] : []),
      ...(helmRelease ? [`h:${keyOf(helmRelease)}`] : []),
    ];
  }
  const names = new Set(app ? [app, name] : [name]);
  return [...names].map(one => `a:${namespace}/${one}`);
}

function addCount(
  counts: Map<string, number>,
  key: string | undefined,
  by: number,
) {
  if (key === undefined) return;
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

function mostCounted(counts: Map<string, number>): string | undefined {
  let most: string | undefined;
  for (const [key, count] of counts) {
    if (most === undefined || count > counts.get(most)!) most = key;
  }
  return most;
}
