import type { Cluster, Company } from '../company/types.ts';
import { WanThread } from '../wan/WanThread.ts';
import type { Wan } from '../wan/types.ts';
import { createClusterServer } from './api/createClusterServer.ts';
import { formatKubeconfig } from './access/formatKubeconfig.ts';
import {
  Instances,
  clusterPaths,
  kubeconfigPath,
  newToken,
  readOrCreateToken,
  writePrivate,
} from './access/tokens.ts';
import { EmbeddedCluster } from './EmbeddedCluster.ts';
import { Alerts } from './flux/Alerts.ts';
import { BackboneGateway } from './backboneGateway/BackboneGateway.ts';
import { Links } from './linkerd/Links.ts';
import { TrustRoots } from './linkerd/TrustRoots.ts';
import { Traffic } from './traffic/Traffic.ts';
import { viewTraffic } from './traffic/viewTraffic.ts';
import { RepositoryReader } from './repository/RepositoryReader.ts';
import { DEFAULT_TIMINGS } from './timings.ts';
import type { ClusterTimings } from './timings.ts';

/** The first cluster listens so many ports above the sandbox itself. */
export const PORT_DISTANCE = 10;

export interface ClustersOptions {
  company: Company;
  /** The world's folder: tokens and the kubeconfig lie in its `clusters`. */
  dir: string;
  repositoryPath: string;
  /** The sandbox's own port; 0 takes any free ones. */
  port: number;
  /** Of the sandbox itself, which hands kubectl's requests on. */
  sandboxUrl: string;
  /** How fast the clusters are, where that differs from the usual. */
  timings?: Partial<ClusterTimings>;
  /** True lets things go wrong by themselves, rarely. */
  mishaps: boolean;
  /** Told by each cluster's Flux; `{cluster}` in it stands for its name. */
  alertUrl?: string;
  /** Each cluster signs with this, a dash and its name. */
  alertSecret?: string;
  log: (message: string) => void;
}

/** A running cluster, as those who use the sandbox need it. */
export interface ClusterAddress {
  name: string;
  environment: string;
  /** Such as `http://127.0.0.1:7020`. */
  url: string;
  /** May read; stands in `tokenFile` too. */
  token: string;
  tokenFile: string;
  /** May change everything. */
  adminToken: string;
  /** Key of the signatures of its alerts. */
  alertSecret: string;
}

/** The clusters of the world, which all follow its config repository. */
export class ClustersWorld {
  readonly clusters: readonly EmbeddedCluster[];
  readonly links: Links;
  private readonly wan: Wan;
  private readonly gateway: BackboneGateway;
  private readonly traffic: Traffic;
  private readonly options: ClustersOptions;
  private readonly reader: RepositoryReader;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    clusters: EmbeddedCluster[],
    wan: Wan,
    gateway: BackboneGateway,
    links: Links,
    options: ClustersOptions,
    reader: RepositoryReader,
    poll: number,
  ) {
    this.clusters = clusters;
    this.wan = wan;
    this.gateway = gateway;
    this.traffic = new Traffic(options.company.seed);
    this.links = links;
    this.options = options;
    this.reader = reader;
    this.writeKubeconfig();
    this.timer = setInterval(() => this.follow(), poll);
  }

  /** Starts them all, complete at the repository's tip; or none. */
  static async start(options: ClustersOptions): Promise<ClustersWorld> {
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const reader = new RepositoryReader(options.repositoryPath);
    const snapshot = await reader.read();
    const clusters = options.company.clusters.map((cluster, index) =>
      makeCluster(cluster, index, timings, options),
    );
    const { seed } = options.company;
    const wan = new WanThread(
      { seed, clusters: options.company.clusters },
      error => options.log(`The network stumbled: ${error.stack}`),
    );
    try {
      clusters.forEach(cluster => snapshot && cluster.settle(snapshot));
      const gateway = new BackboneGateway(clusters, seed);
      gateway.follow(snapshot?.gatewayEntries ?? '');
      const trustRoots = new TrustRoots(options.dir);
      const links = await Links.start({ seed, clusters, wan, trustRoots });
      for (const cluster of clusters) {
        cluster.linksWanted = () => {
          gateway.bring(cluster);
          links.bring(cluster.name);
        };
      }
      for (const cluster of clusters) {
        await cluster.server.start();
      }
      return new ClustersWorld(
        clusters,
        wan,
        gateway,
        links,
        options,
        reader,
        timings.poll,
      );
    } catch (error) {
      await Promise.all(clusters.map(cluster => cluster.stop()));
      await wan.stop();
      throw error;
    }
  }

  get addresses(): readonly ClusterAddress[] {
    return this.clusters.map(({ cluster, server }) => {
      const files = clusterPaths(this.options.dir, cluster.name);
      return {
        name: cluster.name,
        environment: cluster.environment,
        url: server.url,
        token: server.token,
        tokenFile: files.token,
        adminToken: server.adminToken,
        alertSecret: alertSecretOf(this.options, cluster.name),
      };
    });
  }

  find(name: string): EmbeddedCluster | undefined {
    return this.clusters.find(cluster => cluster.name === name);
  }

  /** The clusters of that name, or of the environment of that name. */
  findAll(nameOrEnvironment: string): EmbeddedCluster[] {
    return this.clusters.filter(({ cluster }) =>
      [cluster.name, cluster.environment].includes(nameOrEnvironment),
    );
  }

  /** Puts another token in a cluster's file; the one before is refused. */
  renewToken(cluster: EmbeddedCluster): void {
    cluster.server.setToken(newToken());
    this.writeKubeconfig();
  }

  /** What Linkerd's service mirror in a cluster serves on its port 9999. */
  serviceMirrorMetrics({ name }: EmbeddedCluster): Promise<string> {
    return this.wan.serviceMirrorMetrics(name);
  }

  /** What a Prometheus would have collected from a cluster's proxies by now. */
  trafficMetrics(cluster: EmbeddedCluster): string {
    return this.traffic.read(
      viewTraffic(cluster, this.links.states),
      Date.now(),
    );
  }

  /** Reads what was pushed and tells the clusters. Never throws. */
  async follow(): Promise<void> {
    try {
      const snapshot = await this.reader.read();
      if (snapshot) {
        this.clusters.forEach(cluster => cluster.push(snapshot));
        this.gateway.follow(snapshot.gatewayEntries);
      }
    } catch (error) {
      this.options.log(
        `The clusters can't read the repository: ${(error as Error).message}`,
      );
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.reader.idle();
    this.links.stop();
    await this.wan.stop();
    await Promise.all(this.clusters.map(cluster => cluster.stop()));
  }

  private writeKubeconfig(): void {
    writePrivate(
      kubeconfigPath(this.options.dir),
      formatKubeconfig(this.options.sandboxUrl, this.addresses),
    );
  }
}

function alertSecretOf({ alertSecret }: ClustersOptions, name: string) {
  return `${alertSecret ?? ''}-${name}`;
}

function makeCluster(
  cluster: Cluster,
  index: number,
  timings: ClusterTimings,
  options: ClustersOptions,
): EmbeddedCluster {
  const { dir, port, alertUrl, log } = options;
  const files = clusterPaths(dir, cluster.name);
  readOrCreateToken(files.token);
  readOrCreateToken(files.adminToken);
  const secret = alertSecretOf(options, cluster.name);
  writePrivate(files.alertSecret, `${secret}\n`);
  return new EmbeddedCluster({
    cluster,
    company: options.company,
    server: createClusterServer({
      name: cluster.name,
      port: port === 0 ? 0 : port + PORT_DISTANCE + index,
      tokenFile: files.token,
      adminTokenFile: files.adminToken,
    }),
    timings,
    mishaps: options.mishaps,
    alerts: alertUrl
      ? new Alerts(cluster.name, { url: alertUrl, secret }, log)
      : undefined,
    instances: new Instances(files.instance),
    log,
  });
}
