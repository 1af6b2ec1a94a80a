import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Waits } from './Waits.ts';

const HOST = '127.0.0.1';
/** What a gateway itself takes to answer, in milliseconds. */
export const GATEWAY_MS = 0.5;
/** Longer than probes keep a connection between two questions. */
const KEEP_ALIVE_MS = 120_000;

/** The gateway of one cluster, as it answers inside its own network. */
export class Gateway {
  private readonly waits = new Waits();
  private readonly server: Server;
  private listening: Promise<number> | undefined;

  constructor() {
    this.server = createServer((request, response) => {
      const isReady = request.method === 'GET' && request.url === '/ready';
      this.waits.until(performance.now() + GATEWAY_MS, () => {
        response.writeHead(isReady ? 200 : 404, {
          'content-type': 'text/plain',
        });
        response.end(isReady ? 'ok\n' : 'not found\n');
      });
    });
    this.server.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  /** Gives its port. */
  start(): Promise<number> {
    this.listening ??= new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, HOST, () =>
        resolve((this.server.address() as AddressInfo).port),
      );
    });
    return this.listening;
  }

  async stop(): Promise<void> {
    this.waits.stop();
    if (this.listening) {
      await this.listening;
      const closed = new Promise(resolve => this.server.close(resolve));
      this.server.closeAllConnections();
      await closed;
    }
  }
}
