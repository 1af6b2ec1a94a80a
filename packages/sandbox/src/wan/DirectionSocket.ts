import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Random } from '../lib/random.ts';
import { Waits } from './Waits.ts';
import { Way } from './Way.ts';
import type { WayDelay } from './WayDelay.ts';
import { WELL } from './types.ts';
import type { DirectionFault } from './types.ts';

const HOST = '127.0.0.1';

/** One connection on its way to the gateway. */
interface Connection {
  client: Socket;
  gateway: Socket;
  /** True once everything that is sent on it is lost. */
  isLost: boolean;
}

/**
 * A port that stands for a cluster's gateway as one other cluster reaches it:
 * every byte takes its time, there and back, and gets lost where a fault says
 * so. Only the kernel's own handshake of TCP costs nothing.
 */
export class DirectionSocket {
  private readonly gatewayPort: number;
  private readonly delay: WayDelay;
  private readonly luck: Random;
  private readonly waits = new Waits();
  private readonly connections = new Set<Connection>();
  private server: Server | undefined;
  private port = 0;
  private fault: DirectionFault = WELL;
  private isGatewayThere = true;
  private isOpen = false;
  /** One change of the listener at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(gatewayPort: number, delay: WayDelay, seed: string) {
    this.gatewayPort = gatewayPort;
    this.delay = delay;
    this.luck = Random.fromSeed(`luck/${seed}`);
  }

  /** Gives its port, the same for as long as it lives. */
  async open(): Promise<number> {
    this.isOpen = true;
    await this.listenAsWanted();
    return this.port;
  }

  async close(): Promise<void> {
    this.isOpen = false;
    await this.listenAsWanted();
    this.waits.stop();
  }

  async setFault(fault: Partial<DirectionFault>): Promise<void> {
    const before = this.fault;
    this.fault = { ...before, ...fault };
    for (const connection of this.connections) {
      if (this.fault.mode === 'hang') {
        connection.isLost = true;
      } else if (connection.isLost) {
        // What a fault spoiled ends with it.
        connection.client.destroy();
      }
    }
    await this.listenAsWanted();
  }

  async setGateway(isThere: boolean): Promise<void> {
    this.isGatewayThere = isThere;
    await this.listenAsWanted();
  }

  private get isListening(): boolean {
    return this.isOpen && this.isGatewayThere && this.fault.mode !== 'down';
  }

  private listenAsWanted(): Promise<void> {
    const result = this.last.then(async () => {
      if (this.isListening && !this.server) {
        await this.listen();
      } else if (!this.isListening && this.server) {
        await this.refuse(this.server);
      }
    });
    this.last = result.catch(() => {});
    return result;
  }

  private async listen(): Promise<void> {
    const server = createServer(client => this.carry(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, HOST, resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  private async refuse(server: Server): Promise<void> {
    this.server = undefined;
    const closed = new Promise(resolve => server.close(resolve));
    this.connections.forEach(({ client }) => client.resetAndDestroy());
    await closed;
  }

  private carry(client: Socket): void {
    const gateway = connect(this.gatewayPort, HOST);
    const connection: Connection = {
      client,
      gateway,
      isLost: this.fault.mode === 'hang',
    };
    this.connections.add(connection);
    client.setNoDelay(true);
    gateway.setNoDelay(true);
    this.carryOneWay(connection, client, gateway);
    this.carryOneWay(connection, gateway, client);
    client.on('close', () => {
      this.connections.delete(connection);
      gateway.destroy();
    });
    gateway.on('error', () => client.destroy());
    client.on('error', () => client.destroy());
  }

  private carryOneWay(connection: Connection, from: Socket, to: Socket): void {
    const way = new Way(this.waits);
    const later = (run: () => void) =>
      way.send(this.delay.next(Date.now()) + this.fault.addMs / 2, () => {
        if (!connection.isLost && !to.destroyed) {
          run();
        }
      });
    from.on('data', chunk => {
      // A connection is kept for many questions, so each question is at risk.
      if (from === connection.client && this.luck.chance(this.fault.loss)) {
        connection.isLost = true;
      }
      later(() => to.write(chunk));
    });
    from.on('end', () => later(() => to.end()));
  }
}
