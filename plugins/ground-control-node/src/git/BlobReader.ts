import { ServiceUnavailableError } from '@backstage/errors';
import { GitProcess, GitRunner } from './GitRunner';
import { requireObjectId } from './objectId';

/** What there is under an object id. @public */
export type GitObject =
  | { found: 'yes'; type: string; content: Buffer }
  | { found: 'too-large'; type: string; size: number }
  | { found: 'no' };

interface Request {
  id: string;
  maxBytes: number;
  attempts: number;
  resolve: (object: GitObject) => void;
  reject: (error: Error) => void;
}

/** The bytes of an object that are on their way. */
interface Body {
  type: string;
  size: number;
  left: number;
  pieces: Buffer[];
  wanted: boolean;
}

/** Requests that git has at a time; more wait here, not in its pipe. */
const IN_FLIGHT = 128;
/** A larger object that nobody wants is not worth reading to its end. */
const RESTART_ABOVE = 32 * 1024 * 1024;
const NO_PROGRESS_MS = 30_000;
const MAX_HEADER = 4096;

/** Reads a line of `git cat-file --batch` before an object's bytes. */
export function parseBatchHeader(
  line: string,
): { type: string; size: number } | 'missing' | undefined {
  if (/ (?:missing|ambiguous)$/.test(line)) return 'missing';
  const match = /^[0-9a-f]{40,64} (blob|tree|commit|tag) (\d+)$/.exec(line);
  return match ? { type: match[1], size: Number(match[2]) } : undefined;
}

/**
 * Reads objects through one long-lived `git cat-file --batch`, so that a read
 * costs no process. The process is started when first needed and again when
 * it has died or says nothing; a request is tried twice. Objects above the
 * caller's limit are skipped, not held.
 *
 * @public
 */
export class BlobReader {
  readonly #waiting: Request[] = [];
  readonly #sent: Request[] = [];
  #git?: Promise<GitProcess>;
  #header = '';
  #body?: Body;
  #timer?: NodeJS.Timeout;
  #closed = false;

  constructor(
    private readonly runner: GitRunner,
    private readonly gitDir: string,
  ) {}

  /**
   * Reads one object. Rejects when git fails on it twice, when the signal is
   * aborted, or when the reader is closed.
   */
  async read(
    id: string,
    options: { maxBytes: number; signal?: AbortSignal },
  ): Promise<GitObject> {
    requireObjectId(id);
    options.signal?.throwIfAborted();
    if (this.#closed) throw new ServiceUnavailableError('Git is shutting down');
    return await new Promise<GitObject>((resolve, reject) => {
      const { signal, maxBytes } = options;
      const request: Request = { id, maxBytes, attempts: 0, resolve, reject };
      const abort = () => {
        const at = this.#waiting.indexOf(request);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(signal?.reason);
      };
      const settle = () => signal?.removeEventListener('abort', abort);
      request.resolve = object => {
        settle();
        resolve(object);
      };
      request.reject = error => {
        settle();
        reject(error);
      };
      signal?.addEventListener('abort', abort);
      this.#waiting.push(request);
      this.#pump();
    });
  }

  /** Ends the process; it is started again by the next read. */
  async restart(): Promise<void> {
    const git = await this.#git?.catch(() => undefined);
    git?.kill();
    await git?.ended;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.restart();
    this.#fail(new ServiceUnavailableError('Git is shutting down'), Infinity);
  }

  #pump() {
    if (this.#waiting.length === 0 || this.#sent.length >= IN_FLIGHT) return;
    this.#git ??= this.#start();
    this.#git.then(
      git => {
        const room = IN_FLIGHT - this.#sent.length;
        const next = this.#waiting.splice(0, room);
        if (next.length === 0) return;
        this.#sent.push(...next);
        git.child.stdin.write(next.map(request => `${request.id}\n`).join(''));
        this.#watchProgress(git);
      },
      error => this.#fail(error, Infinity),
    );
  }

  async #start(): Promise<GitProcess> {
    const git = await this.runner.start({
      args: ['cat-file', '--batch'],
      gitDir: this.gitDir,
      timeoutMs: Infinity,
    });
    git.child.stdout.on('data', chunk => this.#receive(chunk, git));
    git.ended.then(outcome => {
      clearTimeout(this.#timer);
      this.#git = undefined;
      this.#header = '';
      this.#body = undefined;
      this.#fail(
        new ServiceUnavailableError(
          `Git could not read an object: ${
            outcome.stderr.trim().slice(0, 300) || outcome.end
          }`,
        ),
        2,
      );
    });
    return git;
  }

  /** Sends what git had back to the queue, or gives up on it. */
  #fail(error: Error, maxAttempts: number) {
    // Git answers in order: only the first of them can be what it died of.
    const [first, ...others] = this.#sent.splice(0);
    const again = others;
    if (first) {
      first.attempts += 1;
      if (first.attempts < maxAttempts && !this.#closed) again.unshift(first);
      else first.reject(error);
    }
    if (this.#closed || maxAttempts === Infinity) {
      [...again, ...this.#waiting.splice(0)].forEach(r => r.reject(error));
      return;
    }
    this.#waiting.unshift(...again);
    this.#pump();
  }

  #watchProgress(git: GitProcess) {
    clearTimeout(this.#timer);
    if (this.#sent.length === 0) return;
    this.#timer = setTimeout(() => git.kill(), NO_PROGRESS_MS);
    this.#timer.unref();
  }

  #receive(chunk: Buffer, git: GitProcess) {
    let at = 0;
    while (at < chunk.length) {
      if (this.#body) {
        at = this.#receiveBody(this.#body, chunk, at);
      } else {
        const end = chunk.indexOf(0x0a, at);
        this.#header += chunk.toString('latin1', at, end < 0 ? undefined : end);
        at = end < 0 ? chunk.length : end + 1;
        if (end >= 0) this.#receiveHeader(git);
        else if (this.#header.length > MAX_HEADER) git.kill();
      }
    }
    this.#watchProgress(git);
    this.#pump();
  }

  #receiveHeader(git: GitProcess) {
    const header = parseBatchHeader(this.#header);
    this.#header = '';
    const request = this.#sent[0];
    if (header === undefined || !request) {
      git.kill();
    } else if (header === 'missing') {
      this.#sent.shift()?.resolve({ found: 'no' });
    } else {
      const wanted = header.size <= request.maxBytes;
      // The line end that follows the bytes is counted with them.
      this.#body = { ...header, left: header.size + 1, pieces: [], wanted };
      if (!wanted) {
        this.#sent.shift()?.resolve({ found: 'too-large', ...header });
        if (header.size > RESTART_ABOVE) git.kill();
      }
    }
  }

  #receiveBody(body: Body, chunk: Buffer, at: number): number {
    const piece = chunk.subarray(at, at + body.left);
    if (body.wanted) body.pieces.push(piece);
    body.left -= piece.length;
    if (body.left === 0) {
      this.#body = undefined;
      if (body.wanted) {
        this.#sent.shift()?.resolve({
          found: 'yes',
          type: body.type,
          // A copy: a slice would keep its whole chunk in memory.
          content: Buffer.concat(body.pieces).subarray(0, body.size),
        });
      }
    }
    return at + piece.length;
  }
}
