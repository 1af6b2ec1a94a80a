import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

const HOST = '127.0.0.1';
/** Longer than clients keep one: they shall not write to one that is closing. */
const KEEP_ALIVE_MS = 120_000;

/** Key and certificates as PEM. */
export interface TlsOptions {
  key: string;
  cert: string;
  /** Whoever has a certificate of this authority reads, without a token. */
  clientCa?: string;
}

/** A port that can be closed at once and opened again. */
export class Listener {
  private readonly handle: RequestListener;
  private readonly tls: TlsOptions | undefined;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port: number;

  constructor(port: number, handle: RequestListener, tls?: TlsOptions) {
    this.port = port;
    this.handle = handle;
    this.tls = tls;
  }

  get url(): string {
    return `${this.tls ? 'https' : 'http'}://${HOST}:${this.port}`;
  }

  get isOpen(): boolean {
    return this.server !== undefined;
  }

  /** On the port of the last time, if any was free to choose. */
  async open(): Promise<void> {
    if (this.server) {
      return;
    }
    const { tls } = this;
    const server = tls
      ? createTlsServer(
          {
            key: tls.key,
            cert: tls.cert,
            ca: tls.clientCa,
            requestCert: tls.clientCa !== undefined,
            rejectUnauthorized: false,
          },
          this.handle,
        )
      : createServer(this.handle);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('connection', (socket: Socket) => {
      socket.setNoDelay(true);
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, HOST, resolve);
    });
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Refuses connections from now on, and cuts those that are there. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) {
      const closed = new Promise(resolve => server.close(resolve));
      this.cut();
      await closed;
    }
  }

  /** Cuts every connection. */
  cut(): void {
    this.sockets.forEach(socket => socket.destroy());
  }
}
