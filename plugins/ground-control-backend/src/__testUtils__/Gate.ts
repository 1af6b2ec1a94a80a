import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/**
 * What stands between a backend and a server, and can be shut: from then on
 * nobody gets through, and who tries is counted.
 */
export class Gate {
  /** Connections that found it shut. */
  refused = 0;
  readonly #open = new Set<Socket>();
  readonly #server: Server;
  #isShut = false;

  private constructor(private readonly target: URL) {
    const { hostname: host, port } = target;
    this.#server = createServer(from => {
      from.on('error', () => {});
      if (this.#isShut) {
        this.refused += 1;
        from.destroy();
        return;
      }
      const to = connect({ host, port: Number(port) });
      to.on('error', () => from.destroy());
      to.on('close', () => from.destroy());
      from.on('close', () => {
        this.#open.delete(from);
        to.destroy();
      });
      this.#open.add(from);
      from.pipe(to);
      to.pipe(from);
    });
  }

  /** @param target - any address of the server behind it */
  static async start(target: string): Promise<Gate> {
    const gate = new Gate(new URL(target));
    await new Promise<void>(resolve =>
      gate.#server.listen(0, '127.0.0.1', resolve),
    );
    return gate;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#open.size;
  }

  /** An address of the server behind it, by way of the gate. */
  through(url: string = this.target.href): string {
    const { port } = this.#server.address() as AddressInfo;
    return url.replace(new URL(url).host, `127.0.0.1:${port}`);
  }

  shut(): void {
    this.#isShut = true;
    this.#open.forEach(socket => socket.destroy());
  }

  async stop(): Promise<void> {
    this.shut();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
