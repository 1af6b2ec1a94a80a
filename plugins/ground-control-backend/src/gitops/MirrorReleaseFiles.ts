import { createHash, randomBytes } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import {
  BlobReader,
  isObjectId,
  Mirror,
  parseTree,
} from '@ground-control/backstage-plugin-ground-control-node';
import { displayPath } from './displayPath';
import { maskSecrets } from './maskSecrets';
import { MaskedFiles, ReleaseFile } from './types';

/** Larger files are named, not shown. */
const MAX_FILE = 1024 * 1024;
const MAX_TREE = 8 * 1024 * 1024;
/** A release has some ten files; these keep a hostile tree from filling memory. */
const MAX_FILES = 2_000;
const MAX_TOTAL = 32 * 1024 * 1024;
const MAX_DEPTH = 10;

/** Reads a release's files from the mirror and masks Secrets on the way. */
export class MirrorReleaseFiles implements MaskedFiles {
  readonly #mirror: Mirror;
  // Of this process alone, so that a hash can't be tried out anywhere else.
  readonly #key = randomBytes(32);

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
  }

  async readReleaseFiles(tree: string): Promise<ReleaseFile[]> {
    if (!isObjectId(tree)) throw new NotFoundError('There is no such tree');
    const objects = await this.#mirror.objects();
    const files: Array<ReleaseFile & { id: string }> = [];
    await this.#list(objects, tree, '', 0, files);
    let total = 0;
    const read: ReleaseFile[] = [];
    for (const { id, ...file } of files) {
      const isFile = file.mode.startsWith('100');
      if (!isFile || total > MAX_TOTAL) {
        read.push({ ...file, object: id });
        continue;
      }
      const object = await objects.read(id, { maxBytes: MAX_FILE });
      if (object.found === 'no') throw notHere();
      if (object.found === 'too-large') {
        read.push({ ...file, object: id, size: object.size });
        continue;
      }
      total += object.content.length;
      const { content, hash } = maskSecrets(object.content, this.#key);
      read.push({
        ...file,
        size: object.content.length,
        content,
        // The id of a Secret's content could be tried out, so it stays here.
        ...(hash ? { masked: { hash } } : { object: id }),
      });
    }
    return read;
  }

  maskFiles(files: Array<{ path: string; content: Buffer }>): ReleaseFile[] {
    return files.map(({ path, content: whole }) => {
      const file = {
        path: displayPath(path),
        mode: '100644',
        size: whole.length,
      };
      // Not read on the other side either, but git names its content.
      if (whole.length > MAX_FILE) return { ...file, object: hashBlob(whole) };
      const { content, hash } = maskSecrets(whole, this.#key);
      return { ...file, content, ...(hash && { masked: { hash } }) };
    });
  }

  async #list(
    objects: BlobReader,
    tree: string,
    prefix: string,
    depth: number,
    files: Array<ReleaseFile & { id: string }>,
  ) {
    const object = await objects.read(tree, { maxBytes: MAX_TREE });
    if (object.found !== 'yes' || object.type !== 'tree') throw notHere();
    for (const entry of parseTree(object.content, tree.length / 2) ?? []) {
      if (files.length >= MAX_FILES) return;
      const path = prefix + displayPath(entry.name);
      if (entry.mode === '040000') {
        if (depth < MAX_DEPTH) {
          await this.#list(objects, entry.id, `${path}/`, depth + 1, files);
        }
      } else {
        files.push({ path, mode: entry.mode, size: 0, id: entry.id });
      }
    }
  }
}

/** As git names a file's content, but for a repository of SHA-256 names. */
function hashBlob(content: Buffer): string {
  return createHash('sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}

function notHere() {
  return new NotFoundError(
    'The files of this release are not in this backend’s mirror of the config repository yet. Try again in a minute.',
  );
}
