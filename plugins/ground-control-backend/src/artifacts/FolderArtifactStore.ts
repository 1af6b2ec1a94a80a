import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  ArtifactChanges,
  ArtifactKey,
  ArtifactStore,
  StoredDescription,
  StoredFiles,
} from '@ground-control/backstage-plugin-ground-control-node';
import { describeFolderFault, FolderChanges } from './folder/FolderChanges';
import { readFolderZip } from './folder/readFolderZip';
import { UnreadableFiles } from './folder/UnreadableFiles';
import { writeFolderZip } from './folder/writeFolderZip';
import { isArtifactKey } from './isArtifactName';
import { BAD_KEY, toStoredFiles } from './toStored';
import { describeZipFault } from './zip/describeZipFault';
import { readZipEntry } from './zip/readZipEntry';
import { readZipFiles } from './zip/readZipFiles';
import { MAX_DESCRIPTION, MAX_FILES } from './zip/types';

/**
 * Artifacts in a folder, as release-manager keeps them in a bucket: zips
 * `<service>/<artifact id>` without extension.
 */
export class FolderArtifactStore implements ArtifactStore {
  readonly label: string;
  readonly #folder: string;
  readonly #changes: FolderChanges;
  readonly #unreadable: UnreadableFiles;

  constructor(folder: string) {
    this.#folder = folder;
    this.label = folder;
    this.#changes = new FolderChanges(folder);
    this.#unreadable = new UnreadableFiles(folder);
  }

  async findChanges(options: {
    known?: () => Promise<ArtifactKey[]>;
    signal: AbortSignal;
  }): Promise<ArtifactChanges> {
    if (options.known) {
      this.#changes.assume(await options.known());
      this.#unreadable.clear();
    }
    const changes = await this.#changes.find(options.signal);
    await this.#unreadable.lookAgain(changes);
    return changes;
  }

  async readDescription(
    key: ArtifactKey,
    { signal }: { signal: AbortSignal },
  ): Promise<StoredDescription> {
    if (!isArtifactKey(key)) return { fault: BAD_KEY, settling: false };
    const read = await readFolderZip(
      this.#path(key),
      zip =>
        readZipEntry(zip, { name: 'artifact.json', maxBytes: MAX_DESCRIPTION }),
      signal,
    );
    if (typeof read !== 'string') {
      this.#unreadable.forget(key);
      return { content: read };
    }
    const settling = await this.#unreadable.note(key);
    const fault = describeZipFault(read);
    return read === 'too-large'
      ? { fault, tooLarge: true, settling: false }
      : { fault, settling };
  }

  async readFiles(
    key: ArtifactKey,
    { environment, signal }: { environment: string; signal?: AbortSignal },
  ): Promise<StoredFiles> {
    if (!isArtifactKey(key)) return { fault: BAD_KEY, missing: true };
    const read = await readFolderZip(
      this.#path(key),
      zip => readZipFiles(zip, { environment, maxBytes: MAX_FILES, signal }),
      signal,
    );
    if (read === 'missing') await this.#checkThere();
    return toStoredFiles(read);
  }

  async write(
    key: ArtifactKey,
    zip: Buffer,
    { signal }: { signal?: AbortSignal },
  ): Promise<'kept' | 'same' | 'other'> {
    if (!isArtifactKey(key)) throw new InputError(BAD_KEY);
    await this.#checkThere();
    if (await writeFolderZip(this.#folder, key, zip, signal)) return 'kept';
    return (await this.#holds(key, zip)) ? 'same' : 'other';
  }

  async #holds(key: ArtifactKey, zip: Buffer): Promise<boolean> {
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW;
    const file = await open(this.#path(key), flags).catch(() => undefined);
    try {
      const stats = await file?.stat();
      return (
        !!file &&
        !!stats?.isFile() &&
        stats.size === zip.length &&
        (await file.readFile()).equals(zip)
      );
    } finally {
      await file?.close();
    }
  }

  /** A folder that isn't mounted must not look like one that lost an artifact. */
  async #checkThere() {
    await access(this.#folder).catch(error => {
      throw describeFolderFault(this.#folder, error);
    });
  }

  #path({ service, artifactId }: ArtifactKey): string {
    return join(this.#folder, service, artifactId);
  }
}
