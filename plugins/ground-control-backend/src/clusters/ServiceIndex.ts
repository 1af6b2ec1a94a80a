import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
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
import { Tally } from './Tally';
import { ObservedObjects } from './types';
import { WORKLOAD_KINDS, WorkloadIndex, WorkloadOwner } from './WorkloadIndex';

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
  readonly #services = new SetMap();
  readonly #serviceOf = new Map<string, string>();
  readonly #workloads: WorkloadIndex;
  readonly #events = new SetMap();
  readonly #kustomizationOfEvent = new Map<string, string>();
  readonly #kustomizationOfHelm = new Map<string, string>();
  readonly #sources = new Tally();
  readonly #owners = new Tally();
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
    this.#workloads = new WorkloadIndex({
      objects: options.objects,
      now: options.now ?? Date.now,
      onOwner: (owner, key) => this.#noteOwner(owner, key),
    });
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
      this.#workloads.onObject(
        kind,
        key,
        value as ObservedWorkload | undefined,
      );
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
    const ids = new Set<string>();
    const add = (owner: WorkloadOwner, key: string) => {
      for (const id of this.#workloads.idsOf(owner, key)) ids.add(id);
    };
    for (const key of this.#services.get(service)) add('kustomization', key);
    for (const helm of this.helmReleasesOf(service)) {
      add('helm-release', keyOf(helm));
    }
    if (ids.size === 0) add('app', this.#appKey(service));
    return this.#workloads.read(ids);
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
    const [kind, namespace, name] = this.#sources.most?.split('/') ?? [];
    return name ? { kind, namespace, name } : undefined;
  }

  /** What makes most services' Kustomizations. */
  get usualOwner(): ObjectRef | undefined {
    const [namespace, name] = this.#owners.most?.split('/') ?? [];
    return name ? { namespace, name } : undefined;
  }

  /** Nothing is known any more of how long anything lasts. */
  forgetTimes(): void {
    this.#workloads.forgetTimes();
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
    this.#sources.change(before?.source, source);
    this.#owners.change(before?.owner, owner);
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

  #noteOwner(owner: WorkloadOwner, key: string) {
    if (owner === 'kustomization') this.#noteChange(key);
    else if (owner === 'helm-release') {
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
  #appKey(service: string): string {
    return service.startsWith('/') ? `${this.#environment}${service}` : service;
  }

  #serviceOfApp(key: string): string {
    const prefix = `${this.#environment}/`;
    const bare = key.startsWith(prefix) ? key.slice(prefix.length - 1) : key;
    return this.#services.has(bare) ? bare : key;
  }
}
