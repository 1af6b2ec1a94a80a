import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENTRIES_PATH } from '../../gatewayEntries/types.ts';
import { readTip } from '../../git/appendCommits.ts';
import { BRANCH } from '../../git/initRepository.ts';
import { runGit } from '../../git/runGit.ts';
import { Folder, parseManifest } from './Folder.ts';
import type { ManifestFile } from './Folder.ts';
import { catFiles } from './catFiles.ts';
import type { Snapshot } from './Snapshot.ts';

/** What some cluster may apply. */
const MANIFEST =
  /^(?:clusters\/|infrastructure\/|[^/]+\/releases\/)(?:[^/]+\/)*[^/]+\.ya?ml$/;

function isRead(path: string): boolean {
  return path === ENTRIES_PATH || MANIFEST.test(path);
}

const COMMITTED = /^committer [^\n]*> (\d+) [-+]\d{4}$/m;
const NO_BLOB = '0'.repeat(40);

/**
 * Follows the branch of the config repository for all clusters at once: reads
 * everything once and then only what differs between two commits.
 */
export class RepositoryReader {
  private readonly repository: string;
  private current: Snapshot | undefined;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(repository: string) {
    this.repository = repository;
  }

  /** The manifests at the branch's tip; nothing while it has no commit. */
  read(): Promise<Snapshot | undefined> {
    const result = this.reading.then(() => this.readTip());
    this.reading = result.catch(() => {});
    return result;
  }

  /** Resolves when no read is under way. */
  async idle(): Promise<void> {
    await this.reading;
  }

  private async readTip(): Promise<Snapshot | undefined> {
    const tip = await this.findTip();
    if (!tip || tip === this.current?.commit) {
      return this.current;
    }
    const changed = this.current
      ? await this.changesSince(this.current.commit, tip)
      : await this.everything(tip);
    const texts = await catFiles(this.repository, [
      tip,
      ...new Set([...changed.values()].filter(sha => sha !== NO_BLOB)),
    ]);
    const [, at] = COMMITTED.exec(texts.get(tip) ?? '') ?? [];
    const entries = changed.get(ENTRIES_PATH);
    changed.delete(ENTRIES_PATH);
    this.current = {
      gatewayEntries:
        entries === undefined
          ? this.current?.gatewayEntries ?? ''
          : texts.get(entries) ?? '',
      commit: tip,
      at: Number(at ?? 0) * 1000,
      folders: this.foldersWith(changed, texts),
    };
    return this.current;
  }

  /**
   * Mostly without git: to start a program every few seconds, only to hear that
   * nothing happened, costs more than all else that the clusters do meanwhile.
   */
  private async findTip(): Promise<string | undefined> {
    const path = join(this.repository, 'refs', 'heads', BRANCH);
    const text = await readFile(path, 'utf8').catch(() => '');
    const [loose] = /^[0-9a-f]{40}(?=\n$)/.exec(text) ?? [];
    return loose ?? readTip(this.repository);
  }

  /** Blobs by path. */
  private async everything(tip: string): Promise<Map<string, string>> {
    const out = await runGit(this.repository, ['ls-tree', '-r', '-z', tip]);
    const blobs = new Map<string, string>();
    for (const entry of out.split('\0')) {
      const [, mode, sha, path] =
        /^(\d+) blob ([0-9a-f]+)\t([^]+)$/.exec(entry) ?? [];
      if (mode !== '120000' && path && isRead(path)) {
        blobs.set(path, sha);
      }
    }
    return blobs;
  }

  /** Blobs by path, zeros for what is gone. */
  private async changesSince(
    before: string,
    tip: string,
  ): Promise<Map<string, string>> {
    const out = await runGit(this.repository, [
      'diff-tree',
      '-r',
      '-z',
      '--no-renames',
      before,
      tip,
    ]);
    const blobs = new Map<string, string>();
    const fields = out.split('\0');
    for (let i = 0; i + 1 < fields.length; i += 2) {
      const [, mode, , sha] = fields[i].split(' ');
      if (isRead(fields[i + 1])) {
        blobs.set(fields[i + 1], mode === '120000' ? NO_BLOB : sha);
      }
    }
    return blobs;
  }

  private foldersWith(
    changed: Map<string, string>,
    texts: Map<string, string>,
  ): Map<string, Folder> {
    const before = this.current?.folders ?? new Map<string, Folder>();
    const moved = new Map<string, Map<string, ManifestFile>>();
    for (const [path, sha] of changed) {
      const slash = path.lastIndexOf('/');
      const folder = path.slice(0, slash);
      const name = path.slice(slash + 1);
      const files =
        moved.get(folder) ?? new Map(before.get(folder)?.files ?? []);
      moved.set(folder, files);
      const text = texts.get(sha);
      if (sha === NO_BLOB || text === undefined) {
        files.delete(name);
      } else {
        files.set(name, parseManifest(name, sha, text));
      }
    }
    const folders = new Map(before);
    for (const [path, files] of moved) {
      if (files.size === 0) {
        folders.delete(path);
      } else {
        const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
        folders.set(path, new Folder(new Map(sorted)));
      }
    }
    return folders;
  }
}
