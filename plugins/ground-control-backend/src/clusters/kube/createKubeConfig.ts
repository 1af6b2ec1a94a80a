import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { KubeFault } from './KubeFault';
import { loadClient } from './loadClient';

/** Of the client's entry for credentials that it reads from a file. */
const TOKEN_FILE = 'tokenFile';

function describeUser(definition: ClusterDefinition): User {
  const { auth, name } = definition;
  switch (auth.kind) {
    case 'token':
      return { name, token: auth.token };
    case 'tokenFile':
      return {
        name,
        authProvider: { name: TOKEN_FILE, config: { tokenFile: auth.path } },
      };
    case 'clientCertificate':
      return { name, certFile: auth.certificateFile, keyFile: auth.keyFile };
    default:
      return { name };
  }
}

function describeCluster(definition: ClusterDefinition): Cluster {
  const { name, url, caFile, caData, skipTlsVerify } = definition;
  if (url === undefined) {
    throw new KubeFault('unreachable', 'No address is configured for it');
  }
  return {
    name,
    server: url,
    ...(caFile ? { caFile } : {}),
    ...(caData ? { caData } : {}),
    skipTLSVerify: skipTlsVerify ?? false,
  };
}

function loadKubeconfig(path: string | undefined, context?: string) {
  const config = new (loadClient().KubeConfig)();
  try {
    if (path) config.loadFromFile(path);
    else config.loadFromDefault();
  } catch (error) {
    // The parser repeats what it read, which holds credentials.
    const { code } = error as NodeJS.ErrnoException;
    throw new KubeFault(
      'unauthorized',
      code
        ? `Its kubeconfig can't be read (${code})`
        : 'Its kubeconfig is not one that can be understood',
    );
  }
  if (context !== undefined) config.setCurrentContext(context);
  if (!config.getCurrentCluster()) {
    throw new KubeFault(
      'unauthorized',
      'The context of its kubeconfig names no cluster that is in it',
    );
  }
  return config;
}

/**
 * The official client's own way to prove who we are, from a definition. Files
 * are read anew by each call.
 *
 * @throws KubeFault when a file can't be read or understood
 */
export function createKubeConfig(definition: ClusterDefinition): KubeConfig {
  const { auth } = definition;
  if (auth.kind === 'kubeconfig') {
    return loadKubeconfig(auth.path, auth.context);
  }
  const config = new (loadClient().KubeConfig)();
  if (auth.kind === 'inCluster') {
    if (!process.env.KUBERNETES_SERVICE_HOST) {
      throw new KubeFault(
        'unreachable',
        'It is configured as the cluster that this backend runs in, and this backend runs in none',
      );
    }
    config.loadFromCluster();
    return config;
  }
  config.loadFromClusterAndUser(
    describeCluster(definition),
    describeUser(definition),
  );
  return config;
}
