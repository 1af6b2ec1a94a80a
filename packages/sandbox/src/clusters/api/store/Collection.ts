import type { ResourceType } from '../../types.ts';
import type { Change } from './ChangeLog.ts';
import type { StoredVersion } from './StoredVersion.ts';

function byKey(a: StoredVersion, b: StoredVersion): number {
  if (a.key === b.key) {
    return 0;
  }
  return a.key < b.key ? -1 : 1;
}

/** The first place whose key isn't before `key`. */
function findPlace(sorted: readonly StoredVersion[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle].key < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The part of a sorted list that lies in one namespace. */
export function withinNamespace(
  sorted: readonly StoredVersion[],
  namespace: string,
): readonly StoredVersion[] {
  // A zero is the character after the slash.
  return sorted.slice(
    findPlace(sorted, `${namespace}/`),
    findPlace(sorted, `${namespace}0`),
  );
}

/** The objects of one kind, in the order of their keys. */
export class Collection {
  readonly type: ResourceType;
  private readonly versions = new Map<string, StoredVersion>();
  private readonly order: StoredVersion[] = [];

  constructor(type: ResourceType) {
    this.type = type;
  }

  get(key: string): StoredVersion | undefined {
    return this.versions.get(key);
  }

  /** The one that was written longest ago. */
  get oldest(): StoredVersion | undefined {
    return this.versions.values().next().value;
  }

  set(version: StoredVersion): void {
    const known = this.versions.delete(version.key);
    this.versions.set(version.key, version);
    const place = findPlace(this.order, version.key);
    this.order.splice(place, known ? 1 : 0, version);
  }

  delete(key: string): void {
    if (this.versions.delete(key)) {
      this.order.splice(findPlace(this.order, key), 1);
    }
  }

  get sorted(): readonly StoredVersion[] {
    return this.order;
  }

  /** As it was before these changes, which are the last ones. */
  before(changes: readonly Change[]): readonly StoredVersion[] {
    const own = changes.filter(change => change.version.type === this.type);
    if (own.length === 0) {
      return this.sorted;
    }
    const versions = new Map(this.versions);
    for (const { before, version } of own.reverse()) {
      if (before) {
        versions.set(before.key, before);
      } else {
        versions.delete(version.key);
      }
    }
    return [...versions.values()].sort(byKey);
  }
}
