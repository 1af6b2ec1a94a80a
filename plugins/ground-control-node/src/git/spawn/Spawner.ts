import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { RemoteChild } from './RemoteChild';
import { SpawnedChild, SpawnOrder } from './types';

const PACKAGE = '@ground-control/backstage-plugin-ground-control-node';
/** What it holds is a few orders; V8 would take more before it collects. */
const FLAGS = ['--max-old-space-size=32', '--max-semi-space-size=1'];
/** An id, a space and the number of a stream. */
const MAX_HEADER = 64;

/** What the spawner says; see spawner/spawner.cjs. */
type Message =
  | { ready: true }
  | { id: string; pid: number }
  | { id: string; failed: string }
  | { id: string; code: number | null };

/** Reads the line that says whose stream a connection is. */
function readHeader(
  socket: Socket,
  onHeader: (id: string, stream: number) => boolean,
): void {
  let header = Buffer.alloc(0);
  const read = () => {
    const chunk: Buffer | null = socket.read();
    if (!chunk) return;
    header = Buffer.concat([header, chunk]);
    const end = header.indexOf('\n');
    if (end < 0 && header.length < MAX_HEADER) return;
    socket.off('readable', read);
    const [id, stream] = header.subarray(0, end).toString().split(' ');
    // What follows is the command's already.
    if (end >= 0 && end + 1 < header.length) {
      socket.unshift(header.subarray(end + 1));
    }
    if (!onHeader(id, Number(stream))) socket.destroy();
  };
  socket.on('readable', read);
  socket.on('error', () => socket.destroy());
}

/**
 * Starts commands through a small process of its own, so that a large backend
 * needn't be copied for each: on Linux that copying blocks it for a tenth of a
 * millisecond a megabyte. The commands' streams come straight to us, over
 * sockets in a folder that nobody else may enter.
 */
export class Spawner {
  readonly #children = new Map<string, RemoteChild>();
  #alive = true;

  private constructor(
    private readonly folder: string,
    private readonly server: Server,
    private readonly process: ChildProcess,
  ) {
    server.on('connection', socket =>
      readHeader(socket, (id, stream) => {
        const child = this.#children.get(id);
        child?.addStream(stream, socket);
        this.#forget(id);
        return child !== undefined;
      }),
    );
    process.on('message', (message: Message) => this.#onMessage(message));
    process.once('exit', () => this.#onEnd());
    process.once('error', () => this.#onEnd());
    // An idle spawner keeps nobody alive.
    server.unref();
    process.unref();
    process.channel?.unref();
  }

  /** Rejects where there can be no socket or no process. */
  static async open(): Promise<Spawner> {
    const folder = await mkdtemp(join(tmpdir(), 'gc-'));
    const path = join(folder, 's');
    const server = createServer();
    try {
      await once(server.listen(path), 'listening');
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    const script = resolvePackagePath(PACKAGE, 'spawner/spawner.cjs');
    return new Spawner(
      folder,
      server,
      spawn(process.execPath, [...FLAGS, script, path], {
        env: {},
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      }),
    );
  }

  /** False when it ended, by itself or by `close`. */
  get alive(): boolean {
    return this.#alive;
  }

  /**
   * Rejects when the spawner ended before it said that the command runs. The
   * command may be begun again elsewhere: what is run here may run twice.
   */
  async start(order: SpawnOrder): Promise<SpawnedChild> {
    const id = randomUUID();
    const child = new RemoteChild();
    if (!this.#alive) throw new Error('The process that starts git ended');
    this.#children.set(id, child);
    this.process.channel?.ref();
    this.process.send({ id, ...order }, error => {
      if (error) this.#onEnd();
    });
    return await child.child;
  }

  /** Ends it, and what it started and still runs. */
  close(): void {
    if (this.process.connected) this.process.disconnect();
    this.#onEnd();
  }

  #onMessage(message: Message) {
    if ('ready' in message) return;
    const child = this.#children.get(message.id);
    if (!child) return;
    if ('pid' in message) {
      child.noteStart(message.pid);
      return;
    }
    child.noteEnd(
      'failed' in message
        ? { code: null, failed: message.failed }
        : { code: message.code },
    );
    this.#forget(message.id);
  }

  #forget(id: string) {
    if (!this.#children.get(id)?.complete) return;
    this.#children.delete(id);
    if (this.#children.size === 0) this.process.channel?.unref();
  }

  #onEnd() {
    if (!this.#alive) return;
    this.#alive = false;
    this.server.close();
    for (const child of this.#children.values()) child.abandon();
    this.#children.clear();
    rm(this.folder, { recursive: true, force: true }).catch(() => {});
  }
}
