import { DirectionSocket } from './DirectionSocket.ts';
import { Gateway } from './Gateway.ts';
import { ServiceMirrorMetrics } from './serviceMirror/ServiceMirrorMetrics.ts';
import { WayDelay } from './WayDelay.ts';
import { roundTrip } from './roundTrip.ts';
import type { Direction, DirectionFault, Wan, WanOptions } from './types.ts';

function keyOf({ from, to }: Direction): string {
  return `${from} ${to}`;
}

/** The gateways of all clusters, and the ways to them. */
export class DefaultWan implements Wan {
  private readonly options: WanOptions;
  private readonly gateways = new Map<string, Gateway>();
  private readonly sockets = new Map<string, DirectionSocket>();
  private readonly mirrors = new ServiceMirrorMetrics();
  private readonly gone = new Set<string>();

  constructor(options: WanOptions) {
    this.options = options;
  }

  async open(direction: Direction): Promise<number> {
    const key = keyOf(direction);
    const socket = this.sockets.get(key) ?? (await this.make(direction));
    this.sockets.set(key, socket);
    const port = await socket.open();
    this.mirrors.add(direction.from, direction.to, port);
    return port;
  }

  async close(direction: Direction): Promise<void> {
    const key = keyOf(direction);
    const socket = this.sockets.get(key);
    this.sockets.delete(key);
    this.mirrors.remove(direction.from, direction.to);
    await socket?.close();
  }

  async setFault(
    direction: Direction,
    fault: Partial<DirectionFault>,
  ): Promise<void> {
    const socket = this.sockets.get(keyOf(direction));
    if (!socket) {
      throw new Error(`${direction.from} isn't linked with ${direction.to}`);
    }
    await socket.setFault(fault);
  }

  async setGateway(cluster: string, isThere: boolean): Promise<void> {
    if (isThere) {
      this.gone.delete(cluster);
    } else {
      this.gone.add(cluster);
    }
    await Promise.all(
      [...this.sockets]
        .filter(([key]) => key.endsWith(` ${cluster}`))
        .map(([, socket]) => socket.setGateway(isThere)),
    );
  }

  async serviceMirrorMetrics(cluster: string): Promise<string> {
    return this.mirrors.format(cluster);
  }

  async stop(): Promise<void> {
    this.mirrors.stop();
    await Promise.all([...this.sockets.values()].map(s => s.close()));
    await Promise.all([...this.gateways.values()].map(g => g.stop()));
  }

  private async make(direction: Direction): Promise<DirectionSocket> {
    const { from, to } = direction;
    const gateway = this.gateways.get(to) ?? new Gateway();
    this.gateways.set(to, gateway);
    const seed = `wan/${this.options.seed}/${from}/${to}`;
    const delay = new WayDelay(
      roundTrip(this.providerOf(from), this.providerOf(to)),
      seed,
    );
    const socket = new DirectionSocket(await gateway.start(), delay, seed);
    await socket.setGateway(!this.gone.has(to));
    return socket;
  }

  private providerOf(name: string) {
    const cluster = this.options.clusters.find(one => one.name === name);
    if (!cluster) {
      throw new Error(`There is no cluster "${name}"`);
    }
    return cluster.provider;
  }
}
