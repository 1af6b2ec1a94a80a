import { hashNumber } from '../../lib/hash.ts';
import type { DirectionFault, Wan } from '../../wan/types.ts';
import { WELL } from '../../wan/types.ts';
import { ClusterError } from '../EmbeddedCluster.ts';
import type { EmbeddedCluster } from '../EmbeddedCluster.ts';
import { ServiceMirror } from './ServiceMirror.ts';
import { TrustRoots, trustRootsObject } from './TrustRoots.ts';
import { linkTargets } from './linkTargets.ts';

/** One link as it is now. */
export interface LinkState extends DirectionFault {
  from: string;
  to: string;
  /** Of the socket that stands for the target's gateway. */
  port: number;
  /** Services that can't be mirrored, as `namespace/name`. */
  broken: readonly string[];
}

interface OpenLink {
  from: string;
  to: string;
  port: number;
  fault: DirectionFault;
  mirror: ServiceMirror;
}

export interface LinksOptions {
  seed: number;
  clusters: readonly EmbeddedCluster[];
  wan: Wan;
  trustRoots: TrustRoots;
}

/** Which clusters are linked, and what becomes of that in each of them. */
export class Links {
  private readonly options: LinksOptions;
  private readonly links = new Map<string, OpenLink>();

  private constructor(options: LinksOptions) {
    this.options = options;
  }

  /** Links the clusters of a world, which must have been filled before. */
  static async start(options: LinksOptions): Promise<Links> {
    const links = new Links(options);
    const { clusters } = options;
    const all = clusters.map(({ cluster }) => cluster);
    const directions = clusters.flatMap(source =>
      linkTargets(source.cluster, all).map(target => ({
        from: source.name,
        to: target.name,
      })),
    );
    await Promise.all(directions.map(({ from, to }) => links.open(from, to)));
    links.breakOne();
    for (const cluster of clusters) {
      links.bring(cluster.name);
      cluster.gatewayChanged = isThere =>
        options.wan.setGateway(cluster.name, isThere);
    }
    return links;
  }

  /** Everything about links that a cluster holds itself. */
  bring(from: string): void {
    const { server } = this.find(from);
    const { trustRoots } = this.options;
    server.store.apply(trustRootsObject(trustRoots.read(from)));
    for (const link of this.links.values()) {
      if (link.from === from) {
        link.mirror.mirror();
      }
    }
  }

  get states(): LinkState[] {
    return [...this.links.values()].map(
      ({ from, to, port, fault, mirror }) => ({
        from,
        to,
        port,
        ...fault,
        broken: mirror.brokenServices,
      }),
    );
  }

  /** Changes what is wrong with a direction; what isn't named stays. */
  async setFault(
    from: string,
    to: string,
    fault: Partial<DirectionFault>,
  ): Promise<void> {
    const link = this.get(from, to);
    await this.options.wan.setFault({ from, to }, fault);
    link.fault = { ...link.fault, ...fault };
  }

  async link(from: string, to: string): Promise<void> {
    if (this.links.has(keyOf(from, to))) {
      throw new ClusterError(`${from} is linked with ${to} already`);
    }
    if (from === to) {
      throw new ClusterError('A cluster is not linked with itself');
    }
    await this.open(from, to);
    this.get(from, to).mirror.mirror();
  }

  async unlink(from: string, to: string): Promise<void> {
    const { mirror } = this.get(from, to);
    this.links.delete(keyOf(from, to));
    mirror.stop();
    mirror.removeAll();
    await this.options.wan.close({ from, to });
  }

  /** Makes a Service of the target impossible to mirror, or possible again. */
  setBroken(from: string, to: string, service: string, broken: boolean) {
    const { mirror } = this.get(from, to);
    const found = mirror.exported.filter(
      name => name === service || name.split('/')[1] === service,
    );
    if (found.length === 0) {
      throw new ClusterError(
        `${to} exports no "${service}", only ${
          mirror.exported.join(', ') || 'nothing'
        }`,
      );
    }
    found.forEach(name => mirror.setBroken(name, broken));
    mirror.mirror();
  }

  /** Replaces a cluster's trust root, or gives it the shared one again. */
  setTrustRoot(
    cluster: string,
    change: { days: number; keep: boolean } | 'shared',
  ): void {
    const { trustRoots } = this.options;
    if (change === 'shared') {
      trustRoots.restore(cluster);
    } else {
      trustRoots.replace(cluster, change.days, change.keep);
    }
    this.bring(cluster);
  }

  hasOwnTrustRoot(cluster: string): boolean {
    return this.options.trustRoots.hasOwn(cluster);
  }

  stop(): void {
    this.links.forEach(({ mirror }) => mirror.stop());
  }

  private async open(from: string, to: string): Promise<void> {
    const port = await this.options.wan.open({ from, to });
    const [source, target] = [from, to].map(name => {
      const { cluster, server } = this.find(name);
      return { cluster, store: server.store };
    });
    const mirror = new ServiceMirror(source, target, port);
    this.links.set(keyOf(from, to), { from, to, port, fault: WELL, mirror });
  }

  /** In every world something is amiss: the seed says what. */
  private breakOne(): void {
    const candidates = [...this.links.values()].flatMap(
      ({ from, to, mirror }) =>
        mirror.exported.map(name => ({
          name,
          mirror,
          luck: hashNumber(this.options.seed, 'unmirrored', from, to, name),
        })),
    );
    const [unlucky] = candidates.sort((a, b) => a.luck - b.luck);
    unlucky?.mirror.setBroken(unlucky.name, true);
  }

  private get(from: string, to: string): OpenLink {
    const link = this.links.get(keyOf(from, to));
    if (!link) {
      throw new ClusterError(`${from} isn't linked with ${to}`);
    }
    return link;
  }

  private find(name: string): EmbeddedCluster {
    return this.options.clusters.find(cluster => cluster.name === name)!;
  }
}

function keyOf(from: string, to: string): string {
  return `${from} ${to}`;
}
