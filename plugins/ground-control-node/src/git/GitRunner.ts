import { mkdir, writeFile } from 'node:fs/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  buildGitEnvironment,
  GIT_CONFIG,
  GitCredentials,
  PUSH_CONFIG,
  secretsOf,
} from './gitEnvironment';
import { createRedactor } from './redact';
import { RemoteUrl } from './remoteUrl';
import { SharedSpawner } from './spawn/SharedSpawner';
import { GitChild, SpawnedChild } from './spawn/types';

/**
 * How a git command ended. A command that failed is a value: the caller knows
 * what its exit code means. `stderr` holds no credentials.
 *
 * @public
 */
export type GitOutcome = {
  /** `not-started`: there is no git on this machine. */
  end: 'exited' | 'timeout' | 'aborted' | 'output-limit' | 'not-started';
  /** -1 when it didn't exit by itself. */
  code: number;
  stdout: Buffer;
  stderr: string;
};

/** @public */
export interface GitRunOptions {
  args: string[];
  /** The repository, given as GIT_DIR: git never looks for one by itself. */
  gitDir?: string;
  timeoutMs: number;
  signal?: AbortSignal;
  input?: string;
  /** Bytes of stdout; 16 MiB by default. */
  maxOutputBytes?: number;
  remote?: RemoteUrl;
  credentials?: GitCredentials;
  /** Variables beside the usual ones, which win. */
  environment?: Record<string, string>;
  /** For a push: the hooks of a repository at a local path may run. */
  hooks?: boolean;
}

/** A git command that is still running. @public */
export interface GitProcess {
  child: GitChild;
  /** Settles when it has ended; never rejects. */
  ended: Promise<GitOutcome>;
  kill(): void;
}

const MAX_STDERR = 16 * 1024;
const MAX_STDOUT = 16 * 1024 * 1024;
/** After this, a process group that was asked to end is ended. */
const KILL_AFTER_MS = 2_000;

function killGroup(child: SpawnedChild): void {
  child.signal('SIGTERM');
  const timer = setTimeout(() => child.signal('SIGKILL'), KILL_AFTER_MS);
  child.closed.then(() => {
    clearTimeout(timer);
    // What the command started may have been slower to end than itself.
    child.signal('SIGKILL');
  });
}

/**
 * The one gate to the git command line: its environment, time limit, output
 * limits, redaction and logging are here and nowhere else. It starts each
 * command as a process group, because git starts others (ssh, remote-https,
 * index-pack) that would outlive it.
 *
 * @public
 */
export class GitRunner {
  readonly #home: string;
  readonly #logger: LoggerService;
  readonly #git: string;
  readonly #running = new Set<GitProcess>();
  readonly #spawner = new SharedSpawner();
  #prepared?: Promise<void>;

  /** @param options - `home`: a folder of ours for git's configuration */
  constructor(options: { home: string; logger: LoggerService; git?: string }) {
    this.#home = options.home;
    this.#logger = options.logger;
    this.#git = options.git ?? 'git';
  }

  /** Runs a command to its end and gathers what it says. */
  async run(options: GitRunOptions): Promise<GitOutcome> {
    const process = await this.start(options);
    const chunks: Buffer[] = [];
    let size = 0;
    let tooMuch = false;
    process.child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > (options.maxOutputBytes ?? MAX_STDOUT)) {
        tooMuch = true;
        process.kill();
      } else {
        chunks.push(chunk);
      }
    });
    process.child.stdin.end(options.input ?? '');
    const outcome = await process.ended;
    return {
      ...outcome,
      ...(tooMuch ? { end: 'output-limit' as const } : {}),
      stdout: Buffer.concat(chunks),
    };
  }

  /** Starts a command whose streams the caller reads and writes. */
  async start(options: GitRunOptions): Promise<GitProcess> {
    this.#prepared ??= this.#prepare().catch(error => {
      // A disk that was full may have room again.
      this.#prepared = undefined;
      throw error;
    });
    await this.#prepared;
    const env = buildGitEnvironment(
      process.env,
      this.#home,
      options.remote,
      options.credentials,
    );
    Object.assign(env, { ...options.environment, ...env });
    if (options.hooks) env.GIT_CONFIG_GLOBAL = `${this.#home}/.gitconfig-push`;
    if (options.gitDir) env.GIT_DIR = options.gitDir;
    const redact = createRedactor(secretsOf(env, options.remote));
    const startedAt = performance.now();
    const child = await this.#spawner.start({
      file: this.#git,
      args: options.args,
      cwd: this.#home,
      env,
    });
    // A child that ended before it read everything is told by its exit.
    child.stdin.on('error', () => {});
    const started: GitProcess = {
      child,
      kill: () => killGroup(child),
      ended: this.#watch(child, options, redact).then(outcome => {
        this.#running.delete(started);
        this.#logger.debug(
          redact(
            `git ${options.args.join(' ')}: ${outcome.end} ${
              outcome.code
            } after ${Math.round(performance.now() - startedAt)} ms`,
          ),
        );
        return outcome;
      }),
    };
    this.#running.add(started);
    return started;
  }

  /** Ends every command that still runs. */
  async close(): Promise<void> {
    const running = [...this.#running];
    running.forEach(process => process.kill());
    await Promise.all(running.map(process => process.ended));
    await this.#spawner.leave();
  }

  async #prepare() {
    await mkdir(this.#home, { recursive: true, mode: 0o700 });
    await writeFile(`${this.#home}/.gitconfig`, GIT_CONFIG);
    await writeFile(`${this.#home}/.gitconfig-push`, PUSH_CONFIG);
  }

  async #watch(
    child: SpawnedChild,
    options: GitRunOptions,
    redact: (text: string) => string,
  ): Promise<GitOutcome> {
    let stderr = '';
    let end: GitOutcome['end'] = 'exited';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < MAX_STDERR) stderr += text;
    });
    const timer =
      options.timeoutMs === Infinity
        ? undefined
        : setTimeout(() => {
            end = 'timeout';
            killGroup(child);
          }, options.timeoutMs);
    const abort = () => {
      end = 'aborted';
      killGroup(child);
    };
    if (options.signal?.aborted) abort();
    options.signal?.addEventListener('abort', abort);
    const { code, failed } = await child.closed;
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
    if (failed !== undefined) {
      end = 'not-started';
      stderr = `git can't be started: ${failed}`;
    }
    return {
      end,
      code: code ?? -1,
      stdout: Buffer.alloc(0),
      stderr: redact(stderr),
    };
  }
}
