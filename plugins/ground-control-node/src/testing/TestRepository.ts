import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @public */
export interface TestCommit {
  message: string;
  /** A text or bytes writes the file, null deletes it or a whole folder. */
  files?: Record<string, string | Buffer | null>;
  /** Modes of files that aren't 100644; 120000 is a symbolic link. */
  modes?: Record<string, string>;
  author?: { name: string; email: string };
  /** Seconds since 1970; one minute after the commit before by default. */
  at?: number;
  /** Further parents: makes the commit a merge. */
  merge?: string[];
  /** Another branch than the repository's own. */
  branch?: string;
  /** Begins at this commit instead of the branch's tip. */
  from?: string;
}

const FIRST_AT = 1_767_258_000;
const ROBOT = { name: 'HamAstrochimp', email: 'operations@lunar.app' };

/**
 * A bare repository on disk, written by `git fast-import`: quick enough for
 * tens of thousands of commits, and independent of the library under test.
 *
 * @public
 */
export class TestRepository {
  readonly path: string;
  readonly branch: string;
  #at = FIRST_AT;

  private constructor(path: string, branch: string) {
    this.path = path;
    this.branch = branch;
  }

  static create(
    options: { branch?: string; objectFormat?: 'sha1' | 'sha256' } = {},
  ): TestRepository {
    const branch = options.branch ?? 'master';
    const path = mkdtempSync(join(tmpdir(), 'ground-control-repository-'));
    const repository = new TestRepository(path, branch);
    repository.git(
      ...['init', '--quiet', '--bare', `--initial-branch=${branch}`],
      `--object-format=${options.objectFormat ?? 'sha1'}`,
    );
    return repository;
  }

  /** Runs git on the repository and returns what it says, trimmed. */
  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.path,
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
      },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  /** Adds commits to the branch and returns its new tip. */
  commit(...commits: TestCommit[]): string {
    // Within one stream fast-import goes on by itself; a new one must be told.
    const begun = new Set<string>();
    execFileSync('git', ['fast-import', '--quiet', '--force'], {
      cwd: this.path,
      input: Buffer.concat(
        commits.flatMap(commit => this.#format(commit, begun)),
      ),
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1 << 30,
    });
    return this.tip(commits[commits.length - 1].branch);
  }

  tip(branch = this.branch): string {
    return this.git('rev-parse', `refs/heads/${branch}`);
  }

  /** Sets the branch to a commit: a force push. */
  reset(revision: string): void {
    this.git('update-ref', `refs/heads/${this.branch}`, revision);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #find(branch: string): string {
    return this.git(
      'for-each-ref',
      '--format=%(objectname)',
      `refs/heads/${branch}`,
    );
  }

  #format(commit: TestCommit, begun: Set<string>): Buffer[] {
    const author = commit.author ?? ROBOT;
    const branch = commit.branch ?? this.branch;
    this.#at = commit.at ?? this.#at + 60;
    const parts: Buffer[] = [
      Buffer.from(
        `commit refs/heads/${branch}\n` +
          `author ${author.name} <${author.email}> ${this.#at} +0000\n` +
          `committer ${ROBOT.name} <${ROBOT.email}> ${this.#at} +0000\n`,
      ),
      ...data(Buffer.from(commit.message)),
    ];
    const from = commit.from ?? (begun.has(branch) ? '' : this.#find(branch));
    if (from) parts.push(Buffer.from(`from ${from}\n`));
    begun.add(branch);
    for (const merge of commit.merge ?? []) {
      parts.push(Buffer.from(`merge ${merge}\n`));
    }
    for (const [path, content] of Object.entries(commit.files ?? {})) {
      const quoted = quote(path);
      if (content === null) {
        parts.push(Buffer.from(`D ${quoted}\n`));
      } else {
        const mode = commit.modes?.[path] ?? '100644';
        parts.push(
          Buffer.from(`M ${mode} inline ${quoted}\n`),
          ...data(Buffer.from(content)),
        );
      }
    }
    parts.push(Buffer.from('\n'));
    return parts;
  }
}

function data(content: Buffer): Buffer[] {
  return [Buffer.from(`data ${content.length}\n`), content, Buffer.from('\n')];
}

/** As fast-import wants paths that aren't plain. */
function quote(path: string): string {
  return `"${path
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')}"`;
}
