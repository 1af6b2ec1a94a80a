import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Change, Commit } from '../simulation/types.ts';
import { GitError, gitEnvironment } from './runGit.ts';

const CHUNK = 1 << 20;
const NO_COMMIT = '0'.repeat(40);
/** How many commits of others lie beside a side branch at most. */
export const SIDE_LENGTH = 5;

function quotePath(path: string): string {
  // fast-import reads C-style quotes; names may hold anything.
  return /^[A-Za-z0-9._/-]+$/.test(path)
    ? path
    : `"${path
        .replaceAll('\\', '\\\\')
        .replaceAll('"', '\\"')
        .replaceAll('\n', '\\n')}"`;
}

function modeOf(change: Change & { kind: 'file' }): string {
  if (change.link) {
    return '120000';
  }
  return change.executable ? '100755' : '100644';
}

function dataOf(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/**
 * Writes commits through one `git fast-import`, onto a ref of its own. Whoever
 * reads the repository sees nothing of them until that ref's commit is made
 * the branch's: objects first, refs last.
 *
 * What a folder held is remembered, so that a release sends only what differs
 * from the one before; `from` makes that safe, because nobody else writes to
 * this ref.
 */
export class CommitStream {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly ref: string;
  private readonly sideRef: string;
  /** The newest commits or their marks, oldest first. */
  private recent: string[];
  private readonly folders = new Map<string, Map<string, string>>();
  private readonly closed: Promise<number | null>;
  private buffer: string[] = [];
  private size = 0;
  private errors = '';
  private from: string | undefined;
  private mark = 0;

  /** `recent` are the newest commits of the branch, oldest first. */
  constructor(repository: string, ref: string, recent: string[]) {
    this.ref = ref;
    this.sideRef = `${ref}-side`;
    this.from = recent[recent.length - 1];
    this.recent = recent;
    this.child = spawn(
      'git',
      [
        '--git-dir',
        repository,
        '-c',
        'core.compression=1',
        // A world that a power cut took is simply built again.
        '-c',
        'core.fsync=none',
        'fast-import',
        '--quiet',
        '--force',
        '--date-format=raw',
        '--depth=10',
      ],
      { env: gitEnvironment(), stdio: 'pipe' },
    );
    this.child.stderr.on('data', chunk => {
      this.errors += chunk;
    });
    this.child.stdin.on('error', () => {});
    this.closed = new Promise((resolve, reject) => {
      this.child.on('close', resolve);
      this.child.on('error', reject);
    });
    // A failure is reported by finish; until then it must not go unhandled.
    this.closed.catch(() => {});
  }

  private write(text: string): void {
    this.buffer.push(text);
    this.size += text.length;
  }

  private writeFile(path: string, content: string, mode = '100644'): void {
    this.write(`M ${mode} inline ${quotePath(path)}\n${dataOf(content)}`);
  }

  private writeFolder(change: Change & { kind: 'folder' }): void {
    const { path, files } = change;
    let known = this.folders.get(path);
    if (!known) {
      known = new Map();
      this.folders.set(path, known);
      this.write(`D ${quotePath(path)}\n`);
    }
    const wanted = new Map(files.map(file => [file.name, file.content]));
    for (const name of known.keys()) {
      if (!wanted.has(name)) {
        this.write(`D ${quotePath(`${path}/${name}`)}\n`);
      }
    }
    for (const [name, content] of wanted) {
      if (known.get(name) !== content) {
        this.writeFile(`${path}/${name}`, content);
      }
    }
    this.folders.set(path, wanted);
  }

  private forget(path: string): void {
    this.folders.delete(path.slice(0, path.lastIndexOf('/')));
  }

  private writeChange(change: Change): void {
    switch (change.kind) {
      case 'folder':
        this.writeFolder(change);
        break;
      case 'file':
        this.forget(change.path);
        this.writeFile(change.path, change.content, modeOf(change));
        break;
      default:
        this.forget(change.path);
        this.write(`D ${quotePath(change.path)}\n`);
    }
  }

  private writeHead(commit: Commit, ref: string, mark: number): void {
    const { author, committer, at, zone } = commit;
    this.write(`commit ${ref}
mark :${mark}
author ${author.name} <${author.email}> ${at} ${zone}
committer ${committer.name} <${committer.email}> ${at} ${zone}
${dataOf(commit.message)}`);
  }

  /** Writes the side branch of a merge and gives its mark. */
  private writeSide(commit: Commit, side: { message: string; at: number }) {
    const [begin] = this.recent;
    if (begin === undefined) {
      return undefined;
    }
    this.mark += 1;
    this.writeHead({ ...commit, ...side }, this.sideRef, this.mark);
    this.write(`from ${begin}\n`);
    commit.changes.forEach(change => this.writeChange(change));
    return this.mark;
  }

  /** Adds a commit; waits when git is slower than we are. */
  async add(commit: Commit): Promise<void> {
    const side = commit.merges && this.writeSide(commit, commit.merges);
    this.mark += 1;
    this.writeHead(commit, this.ref, this.mark);
    if (this.from !== undefined) {
      this.write(`from ${this.from}\n`);
      this.from = undefined;
    }
    if (side !== undefined) {
      this.write(`merge :${side}\n`);
    }
    commit.changes.forEach(change => this.writeChange(change));
    this.recent = [...this.recent, `:${this.mark}`].slice(-SIDE_LENGTH);
    if (this.size > CHUNK) {
      await this.flush();
    }
  }

  private async flush(): Promise<void> {
    const text = this.buffer.join('');
    this.buffer = [];
    this.size = 0;
    if (!this.child.stdin.write(text) && this.child.exitCode === null) {
      await Promise.race([once(this.child.stdin, 'drain'), this.closed]);
    }
  }

  /** Ends the stream; afterwards the ref holds the last commit. */
  async finish(): Promise<void> {
    this.write(`reset ${this.sideRef}\nfrom ${NO_COMMIT}\n\ndone\n`);
    await this.flush();
    this.child.stdin.end();
    const code = await this.closed;
    if (code !== 0) {
      throw new GitError(['fast-import'], code, this.errors);
    }
  }
}
