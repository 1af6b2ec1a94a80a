import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { ControlPlane } from './ControlPlane';
import { EmbeddedTarget } from './EmbeddedTarget';
import { KubernetesTarget } from './KubernetesTarget';
import { TcpProxy } from './TcpProxy';
import { TargetSource } from './types';

const EMBEDDED: TargetSource = {
  name: 'the embedded API server',
  canCompact: true,
  isEmpty: true,
  async start(folder) {
    const target = new EmbeddedTarget(folder);
    await target.start();
    return target;
  },
};

function ofAssets(assets: string): TargetSource {
  return {
    name: 'kube-apiserver and etcd of KUBEBUILDER_ASSETS',
    canCompact: true,
    isEmpty: true,
    async start(folder) {
      const plane = new ControlPlane({ assets, folder });
      await plane.start();
      const proxy = new TcpProxy(plane.port);
      const url = `https://127.0.0.1:${await proxy.start()}`;
      const config = new KubeConfig();
      config.loadFromClusterAndUser(
        {
          name: 'plane',
          server: `https://127.0.0.1:${plane.port}`,
          caFile: plane.caFile,
          skipTLSVerify: false,
        },
        { name: 'admin', token: plane.adminToken },
      );
      const target = new KubernetesTarget({
        config,
        folder,
        url,
        compactUnseen: async meanwhile => {
          proxy.cut();
          await meanwhile();
          await plane.compact();
          await plane.restartServer();
          proxy.mend();
        },
        onStop: async () => {
          await proxy.stop();
          await plane.stop();
        },
      });
      await target.prepare();
      return target;
    },
  };
}

function ofKubeconfig(path: string): TargetSource {
  return {
    name: 'the API server of a kubeconfig',
    canCompact: false,
    isEmpty: false,
    async start(folder) {
      const config = new KubeConfig();
      config.loadFromFile(path);
      const target = new KubernetesTarget({ config, folder });
      await target.prepare();
      return target;
    },
  };
}

function isOfThisMachine(path: string): boolean {
  try {
    const config = new KubeConfig();
    config.loadFromFile(path);
    const { hostname } = new URL(config.getCurrentCluster()!.server);
    return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  } catch {
    return false;
  }
}

/**
 * What the suite is run against: the embedded server always, and a real one
 * where there is one. The suite writes: a plain KUBECONFIG, which people have
 * for other reasons, is taken only for a cluster of this machine.
 */
export function findTargets(env: NodeJS.ProcessEnv): {
  sources: TargetSource[];
  /** Why there is no real one. */
  skipped?: string;
} {
  const {
    KUBECONFIG_CONFORMANCE: wanted,
    KUBEBUILDER_ASSETS: assets,
    KUBECONFIG: usual,
  } = env;
  const real = (source: TargetSource) => ({ sources: [EMBEDDED, source] });
  if (wanted) return real(ofKubeconfig(wanted));
  if (assets && existsSync(join(assets, 'kube-apiserver'))) {
    return real(ofAssets(assets));
  }
  if (usual && isOfThisMachine(usual)) return real(ofKubeconfig(usual));
  const why = [
    assets && 'KUBEBUILDER_ASSETS holds no kube-apiserver',
    usual &&
      'the cluster of KUBECONFIG is not on this machine; name it in KUBECONFIG_CONFORMANCE if the suite may write there',
  ].filter(Boolean);
  return {
    sources: [EMBEDDED],
    skipped:
      why.join('; ') || 'neither KUBECONFIG nor KUBEBUILDER_ASSETS is set',
  };
}
