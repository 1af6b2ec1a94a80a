import { ServiceUnavailableError } from '@backstage/errors';
import {
  BlobReader,
  Mirror,
  parseTree,
  TreeEntry,
} from '@ground-control/backstage-plugin-ground-control-node';
import { readRootTree } from './readRootTree';

/** A file at the tip of the branch, or why it can't be used. */
export type RepositoryFile = {
  path: string;
  /** The tip that it was read at. */
  revision: string;
  /** The id of its content: the same id is the same content. */
  object: string;
} & (
  | { content: Buffer; fault?: undefined }
  | { content?: undefined; fault: string }
);

/** Reads files of the config repository as they are now. */
export interface RepositoryFiles {
  /** @returns undefined where the repository has no such file */
  readFile(
    path: string,
    options?: { signal?: AbortSignal },
  ): Promise<RepositoryFile | undefined>;
  /**
   * All of the same commit, in the order of the paths.
   *
   * @param options - `revision`: the commit; the tip by default
   */
  readFiles(
    paths: readonly string[],
    options?: { signal?: AbortSignal; revision?: string },
  ): Promise<{
    revision: string;
    files: Array<RepositoryFile | undefined>;
  }>;
}

const MAX_FILE = 1024 * 1024;
const MAX_TREE = 32 * 1024 * 1024;
/** Folders on the way to a file: the root, and that of policies, of some tips. */
const KEPT_TREES = 16;
const KEPT_BYTES = 32 * 1024 * 1024;

/**
 * Values by key, each read once, also for those who ask while it is read; the
 * oldest go when there is too much.
 */
class Kept<T> {
  readonly #values = new Map<string, { value: Promise<T>; size: number }>();
  #size = 0;

  constructor(private readonly limit: number) {}

  get(
    key: string,
    read: () => Promise<{ value: T; size: number }>,
  ): Promise<T> {
    const known = this.#values.get(key);
    if (known) return known.value;
    const reading = read();
    const kept = { value: reading.then(({ value }) => value), size: 0 };
    this.#values.set(key, kept);
    reading.then(
      ({ size }) => this.#account(kept, size),
      () => this.#values.delete(key),
    );
    return kept.value;
  }

  #account(kept: { size: number }, size: number) {
    kept.size = size;
    this.#size += size;
    for (const [oldest, one] of this.#values) {
      if (this.#size <= this.limit) break;
      this.#values.delete(oldest);
      this.#size -= one.size;
    }
  }
}

/**
 * Reads files at the mirror's tip. A release is judged many times, and the
 * files hardly ever change: folders and contents are kept by their object ids,
 * so that a judgement costs no process, and a new tip two small reads.
 */
export class MirrorFiles implements RepositoryFiles {
  readonly #trees = new Kept<Map<string, TreeEntry>>(KEPT_TREES);
  readonly #files = new Kept<Buffer | { fault: string }>(KEPT_BYTES);
  readonly #mirror: Mirror;
  readonly #name: string;
  #root?: { revision: string; tree: string };

  /** @param name - what people call the repository, at the start of a sentence */
  constructor(mirror: Mirror, name = 'The config repository') {
    this.#mirror = mirror;
    this.#name = name;
  }

  async readFile(path: string, options: { signal?: AbortSignal } = {}) {
    const { files } = await this.readFiles([path], options);
    return files[0];
  }

  async readFiles(
    paths: readonly string[],
    options: { signal?: AbortSignal; revision?: string } = {},
  ) {
    // What is read is shared with others, so that no caller may end it.
    options.signal?.throwIfAborted();
    const revision = options.revision ?? this.#mirror.tip;
    if (revision === undefined) {
      throw new ServiceUnavailableError(
        `${
          this.#name
        } was not fetched yet by this backend. Try again in a minute.`,
      );
    }
    const objects = await this.#mirror.objects();
    const root = await this.#readRoot(objects, revision);
    const files = await Promise.all(
      paths.map(path => this.#readPath(objects, { path, revision, root })),
    );
    return { revision, files };
  }

  async #readPath(
    objects: BlobReader,
    at: { path: string; revision: string; root: string },
  ): Promise<RepositoryFile | undefined> {
    const { path, revision } = at;
    const names = path.split('/');
    let tree = at.root;
    for (const name of names.slice(0, -1)) {
      const entries = await this.#readTree(objects, tree);
      const entry = entries.get(name);
      if (entry?.mode !== '040000') return undefined;
      tree = entry.id;
    }
    const entries = await this.#readTree(objects, tree);
    const entry = entries.get(names.at(-1) ?? '');
    if (!entry) return undefined;
    const file = { path, revision, object: entry.id };
    if (!entry.mode.startsWith('100')) {
      return {
        ...file,
        fault: 'it is a folder, a symbolic link or a submodule, and not a file',
      };
    }
    const content = await this.#files.get(entry.id, () =>
      readContent(objects, entry.id),
    );
    return 'fault' in content ? { ...file, ...content } : { ...file, content };
  }

  async #readRoot(objects: BlobReader, revision: string): Promise<string> {
    if (this.#root?.revision === revision) return this.#root.tree;
    const tree = await readRootTree(objects, revision);
    if (tree === undefined) throw notHere();
    this.#root = { revision, tree };
    return tree;
  }

  #readTree(objects: BlobReader, id: string) {
    return this.#trees.get(id, async () => {
      const object = await objects.read(id, { maxBytes: MAX_TREE });
      if (object.found !== 'yes' || object.type !== 'tree') throw notHere();
      const entries = parseTree(object.content, id.length / 2) ?? [];
      const value = new Map(entries.map(entry => [entry.name, entry]));
      return { value, size: 1 };
    });
  }
}

async function readContent(
  objects: BlobReader,
  id: string,
): Promise<{ value: Buffer | { fault: string }; size: number }> {
  const object = await objects.read(id, { maxBytes: MAX_FILE });
  if (object.found === 'no') throw notHere();
  if (object.found === 'too-large') {
    return {
      value: {
        fault: `it is larger than 1 MiB, which is too large to be read`,
      },
      size: 0,
    };
  }
  return { value: object.content, size: object.content.length };
}

function notHere() {
  return new ServiceUnavailableError(
    'Our copy of the repository lacks what its tip names. It is fetched anew; try again in a minute.',
  );
}
