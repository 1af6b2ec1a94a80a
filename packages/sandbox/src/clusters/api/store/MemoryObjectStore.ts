import type { KubeObject, ObjectStore, ResourceType } from '../../types.ts';
import { apiVersionOf, qualifiedName, typeKey } from '../typeNames.ts';
import { ChangeLog } from './ChangeLog.ts';
import type { Change } from './ChangeLog.ts';
import { Collection, withinNamespace } from './Collection.ts';
import { isUnchanged, nextVersion } from './nextVersion.ts';
import { Notifier } from './Notifier.ts';
import { objectKey, StoredVersion } from './StoredVersion.ts';

/** As long as Kubernetes keeps them. */
const EVENT_TTL_MS = 3600_000;

type Listener = Parameters<ObjectStore['onChange']>[0];

export interface ObjectStoreOptions {
  types: readonly ResourceType[];
  /** How many changes are kept for watches that start in the past. */
  history: number;
  now: () => Date;
}

/** A cluster's objects in memory, with the changes that led to them. */
export class MemoryObjectStore implements ObjectStore {
  /** Shifts the cluster's clock. */
  skewMs = 0;
  /** Told synchronously of each change: for watches, which read the log. */
  readonly changes = new Notifier<Change>();
  readonly resets = new Notifier<void>();
  private readonly listeners = new Notifier<Parameters<Listener>[0]>();
  private readonly options: ObjectStoreOptions;
  private readonly collections = new Map<string, Collection>();
  private readonly typesByKind = new Map<string, ResourceType>();
  private log: ChangeLog;

  constructor(options: ObjectStoreOptions) {
    this.options = options;
    this.log = new ChangeLog(options.history);
    options.types.forEach(type => this.addType(type));
  }

  get types(): readonly ResourceType[] {
    return [...this.typesByKind.values()];
  }

  get resourceVersion(): string {
    return String(this.revision);
  }

  get revision(): number {
    return this.log.revision;
  }

  /** How far a watch may fall behind before changes are lost to it. */
  get room(): number {
    return this.log.room;
  }

  now(): Date {
    return new Date(this.options.now().getTime() + this.skewMs);
  }

  addType(type: ResourceType): void {
    const key = typeKey(type);
    if (!this.collections.has(key)) {
      this.collections.set(key, new Collection(type));
      this.typesByKind.set(`${apiVersionOf(type)}/${type.kind}`, type);
    }
  }

  removeType(type: ResourceType): void {
    const own = this.collectionOf(type).type;
    for (const { metadata } of this.list(own)) {
      this.delete(own, metadata.namespace, metadata.name);
    }
    this.collections.delete(typeKey(own));
    this.typesByKind.delete(`${apiVersionOf(own)}/${own.kind}`);
  }

  typeOf(object: { apiVersion: string; kind: string }): ResourceType {
    const type = this.typesByKind.get(`${object.apiVersion}/${object.kind}`);
    if (!type) {
      throw new Error(
        `The cluster serves no ${object.kind} of ${object.apiVersion}: add its type first.`,
      );
    }
    return type;
  }

  get(type: ResourceType, namespace: string | undefined, name: string) {
    return this.getVersion(type, namespace, name)?.object;
  }

  getVersion(type: ResourceType, namespace: string | undefined, name: string) {
    const within = type.namespaced ? namespace : undefined;
    return this.collectionOf(type).get(objectKey(within, name));
  }

  list(type: ResourceType, namespace?: string): KubeObject[] {
    return this.listVersions(type, namespace).map(({ object }) => object);
  }

  /** In the order of their keys; valid until the next write. */
  listVersions(
    type: ResourceType,
    namespace?: string,
  ): readonly StoredVersion[] {
    const { sorted } = this.collectionOf(type);
    return namespace === undefined
      ? sorted
      : withinNamespace(sorted, namespace);
  }

  /** As it was at a revision; undefined where that was compacted. */
  listVersionsAt(
    type: ResourceType,
    namespace: string | undefined,
    revision: number,
  ): readonly StoredVersion[] | undefined {
    const changes = this.changesAfter(revision);
    const all = changes && this.collectionOf(type).before(changes);
    return all && namespace !== undefined
      ? withinNamespace(all, namespace)
      : all;
  }

  /** Undefined where some of them were compacted. */
  changesAfter(revision: number): Change[] | undefined {
    return this.log.after(revision);
  }

  apply(object: KubeObject): KubeObject {
    const type = this.typeOf(object);
    const { name, namespace } = object.metadata;
    if (!name || Boolean(namespace) !== type.namespaced) {
      throw new Error(
        `A ${type.kind} needs a name and ${
          type.namespaced ? 'a' : 'no'
        } namespace.`,
      );
    }
    const before = this.get(type, namespace, name);
    const status = object.status ?? before?.status;
    return this.write(type, status ? { ...object, status } : object, before);
  }

  setStatus(object: KubeObject, status: Record<string, unknown>): KubeObject {
    const type = this.typeOf(object);
    const { name, namespace } = object.metadata;
    const before = this.get(type, namespace, name);
    if (!before) {
      throw new Error(
        `${qualifiedName(
          type,
        )} "${name}" not found: apply it before its status.`,
      );
    }
    return this.write(type, { ...before, status }, before);
  }

  delete(
    type: ResourceType,
    namespace: string | undefined,
    name: string,
  ): boolean {
    const collection = this.collectionOf(type);
    const before = this.getVersion(type, namespace, name);
    if (!before) {
      return false;
    }
    if (type.group === '' && type.kind === 'Namespace') {
      this.empty(name);
    }
    const revision = this.revision + 1;
    const metadata = {
      ...before.object.metadata,
      resourceVersion: String(revision),
    };
    const last = Object.freeze({
      ...before.object,
      metadata: Object.freeze(metadata),
    });
    collection.delete(before.key);
    this.record({
      type: 'DELETED',
      version: new StoredVersion(collection.type, last, this.now().getTime()),
      before,
    });
    return true;
  }

  onChange(listener: Listener): () => void {
    return this.listeners.add(listener);
  }

  compact(): void {
    this.log.compact();
  }

  reset(): void {
    for (const [key, { type }] of this.collections) {
      this.collections.set(key, new Collection(type));
    }
    this.log = new ChangeLog(this.options.history);
    this.resets.notify();
  }

  private write(
    type: ResourceType,
    next: KubeObject,
    before: KubeObject | undefined,
  ): KubeObject {
    if (before && isUnchanged(next, before)) {
      return before;
    }
    const now = this.now();
    const object = nextVersion({
      type,
      next,
      before,
      revision: this.revision + 1,
      now,
    });
    const collection = this.collectionOf(type);
    const version = new StoredVersion(collection.type, object, now.getTime());
    const previous = collection.get(version.key);
    collection.set(version);
    this.record({
      type: previous ? 'MODIFIED' : 'ADDED',
      version,
      before: previous,
    });
    if (type.group === '' && type.kind === 'Event') {
      this.expireEvents(collection);
    }
    return object;
  }

  private record(change: Omit<Change, 'revision'>): void {
    this.changes.notify(this.log.add(change));
    this.listeners.notify({
      type: change.type,
      object: change.version.object,
      before: change.before?.object,
    });
  }

  private empty(namespace: string): void {
    for (const { type } of this.collections.values()) {
      if (type.namespaced) {
        for (const { metadata } of this.list(type, namespace)) {
          this.delete(type, namespace, metadata.name);
        }
      }
    }
  }

  private expireEvents(events: Collection): void {
    const past = this.now().getTime() - EVENT_TTL_MS;
    let { oldest } = events;
    while (oldest && oldest.writtenAt < past) {
      const { namespace, name } = oldest.object.metadata;
      this.delete(events.type, namespace, name);
      ({ oldest } = events);
    }
  }

  private collectionOf(type: ResourceType): Collection {
    const collection = this.collections.get(typeKey(type));
    if (!collection) {
      throw new Error(
        `The cluster doesn't serve ${qualifiedName(type)}: add the type first.`,
      );
    }
    return collection;
  }
}
