import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import {
  createServer as createHttps,
  type ServerOptions as TlsOptions,
} from 'node:https';
import {
  type AddressInfo,
  createServer as createTcp,
  type Server,
  type Socket,
} from 'node:net';

interface HttpOptions {
  tls?: TlsOptions;
  host?: string;
  onSocket?(socket: Socket): void;
}

/** Real servers on free ports, and what they saw. */
export class TestServers {
  readonly #open: { server: Server; sockets: Set<Socket> }[] = [];

  /** Resolves to the port. */
  http(
    listener: RequestListener,
    { tls, host, onSocket }: HttpOptions = {},
  ): Promise<number> {
    const server = tls ? createHttps(tls, listener) : createHttp(listener);
    if (onSocket) server.on('connection', onSocket);
    return this.#listen(server, host);
  }

  tcp(onSocket: (socket: Socket) => void, host?: string): Promise<number> {
    return this.#listen(
      createTcp(socket => {
        // The other end may go at any time.
        socket.on('error', () => {});
        onSocket(socket);
      }),
      host,
    );
  }

  /** A port that nobody listens on. */
  async closedPort(): Promise<number> {
    const port = await this.tcp(() => {});
    const { server } = this.#open.pop()!;
    server.close();
    await once(server, 'close');
    return port;
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#open.splice(0).map(async ({ server, sockets }) => {
        const closed = once(server, 'close');
        server.close();
        for (const socket of sockets) socket.destroy();
        await closed;
      }),
    );
  }

  async #listen(server: Server, host = '127.0.0.1'): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', socket => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    server.listen(0, host);
    await once(server, 'listening');
    this.#open.push({ server, sockets });
    return (server.address() as AddressInfo).port;
  }
}
