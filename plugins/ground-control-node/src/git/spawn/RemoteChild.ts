import { Socket } from 'node:net';
import { signalGroup } from './signalGroup';
import { SpawnedChild, SpawnEnd } from './types';

/**
 * A reader who leaves early destroys the stream, which tells an error before
 * it closes: that is no fault of the command's.
 */
function untilClosed(stream: Socket): Promise<void> | undefined {
  return stream.destroyed
    ? undefined
    : new Promise(resolve => stream.once('close', () => resolve()));
}

/** What nobody reads would never come to its end, nor would its command. */
function drain(streams: Socket[]) {
  // Whoever was handed them reads them by then, if ever.
  setImmediate(() => {
    for (const stream of streams) {
      if (stream.readableFlowing === null) stream.resume();
    }
  });
}

/**
 * A command that the spawner starts. Its process id, its streams and its end
 * come in whatever order they like: a short command has ended before its
 * streams are seen.
 */
export class RemoteChild {
  readonly #streams: (Socket | undefined)[] = [];
  #pid?: number;
  #ended?: SpawnEnd;
  #onStart: (child: SpawnedChild) => void = () => {};
  #onRefused: (error: Error) => void = () => {};
  #onEnd: (end: SpawnEnd) => void = () => {};
  readonly #end = new Promise<SpawnEnd>(resolve => {
    this.#onEnd = resolve;
  });

  /** Resolves when there are three streams; rejects when there can't be. */
  readonly child = new Promise<SpawnedChild>((resolve, reject) => {
    this.#onStart = resolve;
    this.#onRefused = reject;
  });

  /** Whether nothing more is to come. */
  get complete(): boolean {
    return this.#ended !== undefined && this.#isConnected();
  }

  /** `stream` is 0 for stdin, 1 for stdout, 2 for stderr. */
  addStream(stream: number, socket: Socket): void {
    this.#streams[stream] = socket;
    // A command that ends early closes its streams; its exit says why.
    socket.on('error', () => {});
    this.#begin();
  }

  noteStart(pid: number): void {
    this.#pid = pid;
    this.#begin();
  }

  noteEnd(end: SpawnEnd): void {
    if (this.#ended) return;
    this.#ended = end;
    this.#onEnd(end);
    this.#begin();
  }

  /** The spawner is gone: what it started goes too. */
  abandon(): void {
    signalGroup(this.#pid, 'SIGKILL');
    this.noteEnd({ code: null });
    this.#onRefused(new Error('The process that starts git ended'));
    this.#streams.forEach(socket => socket?.destroy());
  }

  #isConnected(): boolean {
    return [0, 1, 2].every(stream => this.#streams[stream]);
  }

  #begin() {
    const [stdin, stdout, stderr] = this.#streams;
    if (!stdin || !stdout || !stderr) return;
    if (this.#pid === undefined && !this.#ended) return;
    // Nothing comes from there, but its end must be seen.
    stdin.resume();
    const closed = Promise.all([
      this.#end,
      ...[stdout, stderr].map(untilClosed),
      this.#end.then(() => drain([stdout, stderr])),
    ]).then(([end]) => {
      stdin.destroy();
      return end;
    });
    this.#onStart({
      stdin,
      stdout,
      stderr,
      closed,
      // A group may outlive the command that it was made for.
      signal: signal => signalGroup(this.#pid, signal),
    });
  }
}
