import { Config } from '@backstage/config';
import { ClusterAuth } from '@ground-control/backstage-plugin-ground-control-node';
import { parseConfig } from './parseConfig';
import { refuseTwice } from './readOwnEntries';
import {
  BackstageClusterConfig,
  backstageClusterSchema,
  locatorMethodsSchema,
} from './schema';
import { ClusterEntry } from './types';

const WHERE = 'kubernetes.clusterLocatorMethods';

/** What Backstage's own config says of clusters. */
export interface BackstageEntries {
  entries: ClusterEntry[];
  /** Whether it says that the catalog's clusters are to be used. */
  usesCatalog: boolean;
}

/**
 * Only service accounts are somebody whom a backend can be; the other ways are
 * those of the person who looks.
 */
function readAuth(cluster: BackstageClusterConfig): ClusterAuth | undefined {
  const { authProvider = 'serviceAccount', serviceAccountToken } = cluster;
  return authProvider === 'serviceAccount' && serviceAccountToken !== undefined
    ? { kind: 'token', token: serviceAccountToken.trim() }
    : undefined;
}

/**
 * Reads `kubernetes.clusterLocatorMethods`, as Backstage's Kubernetes plugin
 * does.
 *
 * @throws InputError that names the place and no secret
 */
export function readBackstageEntries(config: Config): BackstageEntries {
  const methods = parseConfig(locatorMethodsSchema, {
    where: WHERE,
    value: config.getOptional(WHERE) ?? [],
  });
  const entries = methods.flatMap(({ type, clusters = [] }, at) =>
    type === 'config'
      ? clusters.map((value, index): ClusterEntry => {
          const cluster = parseConfig(backstageClusterSchema, {
            where: `${WHERE}[${at}].clusters[${index}]`,
            value,
          });
          const { name, url, caData, caFile, skipTLSVerify } = cluster;
          return {
            name,
            url,
            caData,
            caFile,
            skipTlsVerify: skipTLSVerify,
            auth: readAuth(cluster),
          };
        })
      : [],
  );
  refuseTwice(
    entries.map(({ name }) => name),
    WHERE,
  );
  const usesCatalog = methods.some(({ type }) => type === 'catalog');
  return { entries, usesCatalog };
}
