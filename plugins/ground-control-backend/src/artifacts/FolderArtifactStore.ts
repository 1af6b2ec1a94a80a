import { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  ArtifactChanges,
  ArtifactKey,
  ArtifactStore,
  StoredDescription,
} from '@ground-control/backstage-plugin-ground-control-node';
import { isPlainName } from '../gitops/isPlainName';
import { readZipEntry } from './readZipEntry';

const MAX_DESCRIPTION = 1024 * 1024;
/** A folder's time may not move when it changes twice within one tick of the clock. */
const HOT_MS = 3_000;
/** An upload that takes longer is a broken one. */
const SETTLING_MS = 60_000;

const FAULTS: Record<'missing' | 'not-a-file' | 'broken' | 'no-entry', string> =
  {
    missing: 'It is gone from the store.',
    'not-a-file':
      'It is not a file, or this backend may not read it. A symbolic link is never followed.',
    broken: 'It is not a whole zip. Upload it again.',
    'no-entry':
      'There is no artifact.json at the root of its zip. Build it again.',
  };

interface KnownFolder {
  mtimeMs: number;
  /** Whether the folder may have changed again without a later time. */
  hot: boolean;
  artifacts: Set<string>;
}

/**
 * Whether a file's name can be that of an artifact. Hidden files are uploads in
 * progress; a slash would lead elsewhere.
 */
export function isArtifactName(name: string): boolean {
  return (
    name.length <= 255 && !name.startsWith('.') && !/[\p{Cc}/]/u.test(name)
  );
}

/**
 * Artifacts in a folder, as release-manager keeps them in a bucket: zips
 * `<service>/<artifact id>` without extension. A service's folder is listed
 * only when its time has moved, so a quiet store costs one look at each
 * service's folder.
 */
export class FolderArtifactStore implements ArtifactStore {
  readonly label: string;
  readonly #folder: string;
  #known = new Map<string, KnownFolder>();
  /** Files that couldn't be read, with the size and time that they had. */
  readonly #unreadable = new Map<string, string>();
  /** Those of them that were looked at after they had settled. */
  readonly #told = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
    this.label = folder;
  }

  async findChanges(options: {
    known?: () => Promise<ArtifactKey[]>;
    signal: AbortSignal;
  }): Promise<ArtifactChanges> {
    if (options.known) {
      this.#known = groupByService(await options.known());
      this.#unreadable.clear();
      this.#told.clear();
    }
    const changes: ArtifactChanges = { added: [], removed: [] };
    const services = await this.#listServices();
    for (const service of services) {
      options.signal.throwIfAborted();
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
    await this.#lookAgain(changes);
    return changes;
  }

  async readDescription(
    { service, artifactId }: ArtifactKey,
    { signal }: { signal: AbortSignal },
  ): Promise<StoredDescription> {
    if (!isPlainName(service) || !isArtifactName(artifactId)) {
      return {
        fault: 'The name can’t be that of an artifact.',
        settling: false,
      };
    }
    const path = join(this.#folder, service, artifactId);
    const reading = await readZipEntry(path, {
      name: 'artifact.json',
      maxBytes: MAX_DESCRIPTION,
      signal,
    });
    const key = `${service}/${artifactId}`;
    if (reading.found === 'yes') {
      this.#unreadable.delete(key);
      return { content: reading.content };
    }
    const stats = await lstat(path).catch(() => undefined);
    if (stats) this.#unreadable.set(key, `${stats.size}:${stats.mtimeMs}`);
    const settling = !!stats && Date.now() - stats.mtimeMs < SETTLING_MS;
    if (reading.found === 'too-large') {
      return {
        fault: `Its artifact.json is larger than 1 MiB. Build it again without what doesn't belong there.`,
        tooLarge: true,
        settling: false,
      };
    }
    return { fault: FAULTS[reading.reason], settling };
  }

  async #listServices(): Promise<string[]> {
    let entries: Dirent[];
    try {
      entries = await readdir(this.#folder, { withFileTypes: true });
    } catch (error) {
      throw new ServiceUnavailableError(
        `The artifact store ${this.label} can't be read (${
          (error as NodeJS.ErrnoException).code
        }); check groundControl.artifactStore.folder.path and who may read it`,
      );
    }
    return entries
      .filter(entry => entry.isDirectory() && isPlainName(entry.name))
      .map(entry => entry.name);
  }

  async #compare(service: string, changes: ArtifactChanges) {
    const path = join(this.#folder, service);
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
        this.#unreadable.delete(`${service}/${artifactId}`);
      }
    });
    const hot = Date.now() - mtimeMs < HOT_MS;
    this.#known.set(service, { mtimeMs, hot, artifacts });
  }

  /** A file that couldn't be read is new again when it has changed, or may be whole by now. */
  async #lookAgain(changes: ArtifactChanges) {
    for (const [key, seen] of this.#unreadable) {
      const [service, artifactId] = splitKey(key);
      const stats = await lstat(join(this.#folder, key)).catch(() => undefined);
      if (!stats) continue;
      const changed = `${stats.size}:${stats.mtimeMs}` !== seen;
      const age = Date.now() - stats.mtimeMs;
      // Once more after it has settled, so that it is told.
      const justSettled = age >= SETTLING_MS && !this.#told.has(key);
      if (justSettled) this.#told.add(key);
      if (changed) this.#told.delete(key);
      if (changed || justSettled) {
        const isListed = changes.added.some(
          added => added.service === service && added.artifactId === artifactId,
        );
        if (!isListed) changes.added.push({ service, artifactId });
      }
    }
  }
}

function splitKey(key: string): [string, string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
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
