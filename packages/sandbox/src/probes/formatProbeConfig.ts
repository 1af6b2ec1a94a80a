import type { Cluster } from '../company/types.ts';
import { quoted } from '../format/yaml.ts';

export interface ProbeConfigOptions {
  cluster: Cluster;
  all: readonly Cluster[];
  port: number;
  /** Of the API of its own cluster. */
  serverUrl: string;
  tokenFile: string;
}

/**
 * The configuration of the probe of one cluster, as docs/probe.md describes it:
 * its targets are the Links of that cluster.
 */
export function formatProbeConfig(options: ProbeConfigOptions): string {
  const { cluster, all, port, serverUrl, tokenFile } = options;
  const providers = all
    .filter(({ name }) => name !== cluster.name)
    .map(({ name, provider }) => `  ${name}: ${provider}\n`);
  return `source:
  cluster: ${cluster.name}
  provider: ${cluster.provider}
  region: ${cluster.region}
listen:
  host: 127.0.0.1
  port: ${port}
${providers.length > 0 ? `providers:\n${providers.join('')}` : ''}links:
  server: ${quoted(serverUrl)}
  tokenFile: ${quoted(tokenFile)}
  namespace: linkerd-multicluster
  interval: 5s
`;
}
