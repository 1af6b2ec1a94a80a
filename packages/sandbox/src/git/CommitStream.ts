import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Change, Commit } from '../simulation/types.ts';
import { GitError, gitEnvironment } from './runGit.ts';

const CHUNK = 1 << 20;

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
  private readonly folders = new Map<string, Map<string, string>>();
  private readonly closed: Promise<number | null>;
  private buffer: string[] = [];
  private size = 0;
  private errors = '';
  private from: string | undefined;
  private mark = 0;

  constructor(repository: string, ref: string, from: string | undefined) {
    this.ref = ref;
    this.from = from;
    this.child = spawn(
      'git',
      [
        '--git-dir',
        repository,
        '-c',
        'core.compression=1',
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

  /** Adds a commit; waits when git is slower than we are. */
  async add(commit: Commit): Promise<void> {
    const { author, committer, at, zone } = commit;
    this.mark += 1;
    this.write(
      `commit ${this.ref}\nmark :${this.mark}\n` +
        `author ${author.name} <${author.email}> ${at} ${zone}\n` +
        `committer ${committer.name} <${committer.email}> ${at} ${zone}\n` +
        dataOf(commit.message),
    );
    if (this.from !== undefined) {
      this.write(`from ${this.from}\n`);
      this.from = undefined;
    }
    commit.changes.forEach(change => this.writeChange(change));
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
    await this.flush();
    this.child.stdin.end('done\n');
    const code = await this.closed;
    if (code !== 0) {
      throw new GitError(['fast-import'], code, this.errors);
    }
  }
}
