import { execFileSync } from 'node:child_process';
import { decodeArtifact, decodePolicies } from './decodeStrictly';
import { CommitInfo, parseCommitInfo } from './parseCommitInfo';

/** A release as `describe` tells it. */
export interface DescribedRelease extends CommitInfo {
  revision: string;
  /** The committer date: release-manager has no other. */
  releasedAt: Date;
  committer: string;
}

/** One entry of a tree. */
export interface Entry {
  mode: string;
  content: Buffer;
}

/**
 * Reads a config repository as release-manager does, to the letter of its
 * formats, with git alone. It shares no code with what we write and read with,
 * so that a mistake made twice is still found.
 */
export class ReleaseManagerReader {
  constructor(
    private readonly gitDir: string,
    private readonly branch = 'master',
  ) {}

  /** What `status` says of a service in an environment. */
  status(service: string, environment: string, namespace = '') {
    const folder = `${environment}/releases/${
      namespace || environment
    }/${service}`;
    const entry = this.entry(`${folder}/artifact.json`);
    if (!entry) return undefined;
    const [release] = this.describe(service, environment);
    return {
      artifact: decodeArtifact(entry.content),
      bytes: entry.content,
      releasedBy: release?.releasedBy,
      releasedAt: release?.releasedAt,
    };
  }

  /** What `describe release` says, newest first. */
  describe(service: string, environment: string): DescribedRelease[] {
    const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
    return this.log().filter(
      release =>
        same(release.service, service) &&
        same(release.environment, environment),
    );
  }

  /** Every release of the branch, newest first. */
  log(): DescribedRelease[] {
    const text = this.#git(
      'log',
      '--first-parent',
      '-z',
      '--format=%H%n%ct%n%cn <%ce>%n%B',
      this.branch,
    ).toString();
    return text
      .split('\0')
      .filter(Boolean)
      .flatMap(part => {
        const [revision, seconds, committer, ...message] = part.split('\n');
        const info = parseCommitInfo(message.join('\n'));
        const releasedAt = new Date(Number(seconds) * 1000);
        return info ? [{ ...info, revision, committer, releasedAt }] : [];
      });
  }

  policies(service: string) {
    const entry = this.entry(`policies/${service}.json`);
    return entry && { mode: entry.mode, value: decodePolicies(entry.content) };
  }

  entry(path: string): Entry | undefined {
    const line = this.#git('ls-tree', this.branch, '--', path).toString();
    if (!line) return undefined;
    const [mode, , id] = line.split('\t')[0].split(' ');
    return { mode, content: this.#git('cat-file', 'blob', id) };
  }

  /** All files below a folder, by their path in it. */
  files(folder: string): Record<string, Entry> {
    const lines = this.#git(
      'ls-tree',
      '-r',
      '-z',
      this.branch,
      '--',
      `${folder}/`,
    )
      .toString()
      .split('\0')
      .filter(Boolean);
    return Object.fromEntries(
      lines.map(line => {
        const [head, path] = line.split('\t');
        const [mode, , id] = head.split(' ');
        const content = this.#git('cat-file', 'blob', id);
        return [path.slice(folder.length + 1), { mode, content }];
      }),
    );
  }

  #git(...args: string[]): Buffer {
    return execFileSync('git', ['--git-dir', this.gitDir, ...args], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
      },
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
