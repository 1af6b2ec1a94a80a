import { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ArtifactChanges,
  ArtifactKey,
} from '@ground-control/backstage-plugin-ground-control-node';
import { isPlainName } from '../../gitops/isPlainName';
import { isArtifactName } from '../isArtifactName';

/** A folder's time may not move when it changes twice within one tick of the clock. */
const HOT_MS = 3_000;

interface KnownFolder {
  mtimeMs: number;
  /** Whether the folder may have changed again without a later time. */
  hot: boolean;
  artifacts: Set<string>;
}

/**
 * Which artifacts of a folder are new or gone. A service's folder is listed
 * only when its time has moved, so a quiet store costs one look at each
 * service's folder.
 */
export class FolderChanges {
  #known = new Map<string, KnownFolder>();

  constructor(private readonly folder: string) {}

  /** Forgets what it told, and compares with these from here on. */
  assume(keys: ArtifactKey[]): void {
    this.#known = groupByService(keys);
  }

  async find(signal: AbortSignal): Promise<ArtifactChanges> {
    const changes: ArtifactChanges = { added: [], removed: [] };
    const services = await this.#listServices();
    for (const service of services) {
      signal.throwIfAborted();
      await this.#compare(service, changes);
    }
    const present = new Set(services);
    for (const [service, folder] of this.#known) {
      if (!present.has(service)) {
        folder.artifacts.forEach(artifactId =>
          changes.removed.push({ service, artifactId }),
        );
        this.#known.delete(service);
      }
    }
    return changes;
  }

  async #listServices(): Promise<string[]> {
    let entries: Dirent[];
    try {
      entries = await readdir(this.folder, { withFileTypes: true });
    } catch (error) {
      throw describeFolderFault(this.folder, error);
    }
    return entries
      .filter(entry => entry.isDirectory() && isPlainName(entry.name))
      .map(entry => entry.name);
  }

  async #compare(service: string, changes: ArtifactChanges) {
    const path = join(this.folder, service);
    const known = this.#known.get(service);
    // Taken before listing: what comes later has a later time.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: -1 }));
    if (known && !known.hot && known.mtimeMs === mtimeMs) return;
    const entries = await readdir(path, { withFileTypes: true }).catch(
      () => [] as Dirent[],
    );
    const artifacts = new Set<string>();
    for (const entry of entries) {
      if (!entry.isDirectory() && isArtifactName(entry.name)) {
        artifacts.add(entry.name);
        if (!known?.artifacts.has(entry.name)) {
          changes.added.push({ service, artifactId: entry.name });
        }
      }
    }
    known?.artifacts.forEach(artifactId => {
      if (!artifacts.has(artifactId)) {
        changes.removed.push({ service, artifactId });
      }
    });
    const hot = Date.now() - mtimeMs < HOT_MS;
    this.#known.set(service, { mtimeMs, hot, artifacts });
  }
}

/** A store that is away is not an empty one. */
export function describeFolderFault(folder: string, error: unknown): Error {
  return new ServiceUnavailableError(
    `The artifact store ${folder} can't be read (${
      (error as NodeJS.ErrnoException).code
    }); check groundControl.artifactStore.folder.path and who may read it`,
  );
}

function groupByService(keys: ArtifactKey[]): Map<string, KnownFolder> {
  const known = new Map<string, KnownFolder>();
  for (const { service, artifactId } of keys) {
    const folder = known.get(service) ?? {
      mtimeMs: -1,
      hot: true,
      artifacts: new Set<string>(),
    };
    folder.artifacts.add(artifactId);
    known.set(service, folder);
  }
  return known;
}
