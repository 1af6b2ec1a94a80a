import type { StoredVersion } from './StoredVersion.ts';

export interface Change {
  revision: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** After the change; for a deletion the last one, at the deletion's revision. */
  version: StoredVersion;
  before?: StoredVersion;
}

/**
 * The last changes of a cluster, as etcd keeps them: each has the revision
 * after the one before it, and what is older was compacted away.
 */
export class ChangeLog {
  private changes: Change[] = [];
  /**
   * Of the last change that is no longer here. An empty etcd is at 1, as 0
   * means any version to those who ask.
   */
  private compacted = 1;
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Of the last change. */
  get revision(): number {
    return this.compacted + this.changes.length;
  }

  add(change: Omit<Change, 'revision'>): Change {
    const added = { ...change, revision: this.revision + 1 };
    this.changes.push(added);
    // Let go of many at once: taking one off the front moves all the others.
    if (this.changes.length >= this.capacity * 1.25) {
      this.forget(this.changes.length - this.capacity);
    }
    return added;
  }

  /** Undefined when some of them were compacted. */
  after(revision: number): Change[] | undefined {
    return revision < this.compacted
      ? undefined
      : this.changes.slice(Math.max(0, revision - this.compacted));
  }

  /** How many changes may come before one at this revision is compacted. */
  get room(): number {
    return this.capacity;
  }

  compact(): void {
    this.forget(this.changes.length);
  }

  private forget(count: number): void {
    this.changes = this.changes.slice(count);
    this.compacted += count;
  }
}
