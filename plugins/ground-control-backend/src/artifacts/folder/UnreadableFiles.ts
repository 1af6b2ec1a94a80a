import { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ArtifactChanges,
  ArtifactKey,
} from '@ground-control/backstage-plugin-ground-control-node';

/** An upload that takes longer is a broken one. */
const SETTLING_MS = 60_000;

interface Unreadable extends ArtifactKey {
  /** The size and time that it had. */
  seen: string;
  /** Whether it was looked at after it had settled. */
  told: boolean;
}

const identify = (stats: Stats) => `${stats.size}:${stats.mtimeMs}`;
const isSettling = (stats: Stats) => Date.now() - stats.mtimeMs < SETTLING_MS;

/** Files of a store that couldn't be read: each is worth another look some time. */
export class UnreadableFiles {
  readonly #files = new Map<string, Unreadable>();

  constructor(private readonly folder: string) {}

  clear(): void {
    this.#files.clear();
  }

  forget({ service, artifactId }: ArtifactKey): void {
    this.#files.delete(`${service}/${artifactId}`);
  }

  /** @returns whether the file may still be on its way into the store */
  async note(key: ArtifactKey): Promise<boolean> {
    const stats = await this.#look(key);
    if (!stats) return false;
    const path = `${key.service}/${key.artifactId}`;
    const told = this.#files.get(path)?.told ?? false;
    this.#files.set(path, { ...key, seen: identify(stats), told });
    return isSettling(stats);
  }

  /** A file is new again when it has changed, or may be whole by now. */
  async lookAgain(changes: ArtifactChanges): Promise<void> {
    changes.removed.forEach(key => this.forget(key));
    for (const file of this.#files.values()) {
      const { service, artifactId } = file;
      const stats = await this.#look(file);
      if (!stats) continue;
      const changed = identify(stats) !== file.seen;
      // Once more after it has settled, so that it is told.
      const justSettled = !isSettling(stats) && !file.told;
      file.told = (file.told || justSettled) && !changed;
      const isListed = changes.added.some(
        added => added.service === service && added.artifactId === artifactId,
      );
      if ((changed || justSettled) && !isListed) {
        changes.added.push({ service, artifactId });
      }
    }
  }

  #look({ service, artifactId }: ArtifactKey): Promise<Stats | undefined> {
    return lstat(join(this.folder, service, artifactId)).catch(() => undefined);
  }
}
