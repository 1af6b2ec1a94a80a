import { join } from 'node:path';
import { writePrivate } from '../clusters/access/tokens.ts';
import type { ClusterAddress } from '../clusters/ClustersWorld.ts';
import type { Cluster } from '../company/types.ts';
import { findFreePort } from './findFreePort.ts';
import { formatProbeConfig } from './formatProbeConfig.ts';
import { ProbeProcess } from './ProbeProcess.ts';

/** The first probe listens so many ports above the sandbox itself. */
const PORT_DISTANCE = 20;
/** Where the clusters themselves begin. */
const CLUSTERS_DISTANCE = 10;

export interface ProbesOptions {
  clusters: readonly Cluster[];
  /** In the same order. */
  addresses: readonly ClusterAddress[];
  dir: string;
  /** The sandbox's own port; 0 takes any free ones. */
  port: number;
  log: (message: string) => void;
}

/** A probe for each cluster, as in the company: a process of its own. */
export class Probes {
  readonly processes: readonly ProbeProcess[];

  private constructor(processes: readonly ProbeProcess[]) {
    this.processes = processes;
  }

  /** Starts them all, as soon as their clusters answer. */
  static async start(options: ProbesOptions): Promise<Probes> {
    const { clusters, addresses, dir, log } = options;
    const first =
      options.port +
      Math.max(PORT_DISTANCE, CLUSTERS_DISTANCE + clusters.length);
    const processes: ProbeProcess[] = [];
    for (const [index, cluster] of clusters.entries()) {
      const port = options.port === 0 ? await findFreePort() : first + index;
      const configPath = join(dir, 'probes', `${cluster.name}.yaml`);
      const { url: serverUrl, tokenFile } = addresses[index];
      writePrivate(
        configPath,
        formatProbeConfig({
          cluster,
          all: clusters,
          port,
          serverUrl,
          tokenFile,
        }),
      );
      processes.push(
        new ProbeProcess({ cluster: cluster.name, configPath, port, log }),
      );
    }
    processes.forEach(process => process.start());
    return new Probes(processes);
  }

  find(cluster: string): ProbeProcess | undefined {
    return this.processes.find(process => process.cluster === cluster);
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map(process => process.stop()));
  }
}
