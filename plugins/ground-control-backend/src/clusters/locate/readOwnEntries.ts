import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ClusterAuth } from '@ground-control/backstage-plugin-ground-control-node';
import { z } from 'zod';
import { parseConfig } from './parseConfig';
import { ClusterConfig, clusterSchema } from './schema';
import { ClusterEntry } from './types';

const WHERE = 'groundControl.clusters';

function readAuth(
  cluster: ClusterConfig,
  where: string,
): ClusterAuth | undefined {
  const { token, tokenFile, clientCertificate, kubeconfig, inCluster } =
    cluster;
  const ways: ClusterAuth[] = [];
  if (token !== undefined) ways.push({ kind: 'token', token: token.trim() });
  if (tokenFile !== undefined) {
    ways.push({ kind: 'tokenFile', path: tokenFile });
  }
  if (clientCertificate !== undefined) {
    ways.push({ kind: 'clientCertificate', ...clientCertificate });
  }
  if (kubeconfig !== undefined) {
    ways.push({ kind: 'kubeconfig', ...kubeconfig });
  }
  if (inCluster) ways.push({ kind: 'inCluster' });
  if (ways.length > 1) {
    throw new InputError(
      `${where} has several of token, tokenFile, clientCertificate, kubeconfig and inCluster; leave one`,
    );
  }
  return ways[0];
}

/** Two of one name would be one cluster with half of each. */
export function refuseTwice(names: string[], where: string): void {
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) {
    throw new InputError(`${where} names ${twice} twice`);
  }
}

/**
 * Reads `groundControl.clusters`.
 *
 * @throws InputError that names the place and no secret
 */
export function readOwnEntries(config: Config): ClusterEntry[] {
  const clusters = parseConfig(z.array(clusterSchema), {
    where: WHERE,
    value: config.getOptional(WHERE) ?? [],
  });
  refuseTwice(
    clusters.map(({ name }) => name),
    WHERE,
  );
  return clusters.map((cluster, at) => {
    const { name, environment, provider, region, identity } = cluster;
    const { url, caData, caFile, skipTlsVerify } = cluster;
    const auth = readAuth(cluster, `${WHERE}[${at}]`);
    return {
      name,
      environment,
      provider,
      region,
      identity,
      url,
      caData,
      caFile,
      skipTlsVerify,
      auth,
    };
  });
}
