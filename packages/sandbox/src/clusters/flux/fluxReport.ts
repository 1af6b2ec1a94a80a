import type { Cluster } from '../../company/types.ts';
import { kubeTime, withTransitions } from '../lib/conditions.ts';
import { clusterVersions } from '../nodes/clusterVersions.ts';
import type { KubeObject } from '../types.ts';
import {
  FLUX_NAMESPACE,
  KUSTOMIZE_API,
  SOURCE_API,
  SOURCE_NAME,
} from './kustomization.ts';
import { isReady } from './kustomizationStatus.ts';

/** How often Flux Operator writes its report. */
export const REPORT_EVERY_MS = 300_000;

/** Not every cluster has Flux Operator. */
export function hasFluxOperator({ provider }: Cluster): boolean {
  return provider === 'azure';
}

function statsOf(kind: string, apiVersion: string, objects: KubeObject[]) {
  const suspended = objects.filter(({ spec }) => spec?.suspend === true).length;
  return {
    apiVersion,
    kind,
    stats: {
      running: objects.length,
      failing: objects.filter(object => isReady(object) === false).length,
      suspended,
    },
  };
}

/** What Flux Operator reports of a cluster. */
export function fluxReport(options: {
  cluster: Cluster;
  nodes: number;
  kustomizations: KubeObject[];
  source: KubeObject | undefined;
  before: KubeObject | undefined;
  now: number;
}): KubeObject {
  const { cluster, kustomizations, source, before, now } = options;
  const { flux, kubernetes, controllers } = clusterVersions(cluster);
  const isSourceReady = source !== undefined && isReady(source) === true;
  const artifact = source?.status?.artifact as
    | { revision?: string }
    | undefined;
  return {
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'FluxReport',
    metadata: { name: 'flux', namespace: FLUX_NAMESPACE },
    spec: {
      distribution: {
        managedBy: 'flux-operator',
        status: 'Installed',
        version: flux,
      },
      cluster: {
        serverVersion: kubernetes,
        platform: 'linux/amd64',
        nodes: options.nodes,
      },
      components: Object.entries(controllers).map(([name, tag]) => ({
        name,
        ready: true,
        status: 'Current Deployment is available. Replicas: 1',
        image: `ghcr.io/fluxcd/${name}:${tag}`,
      })),
      reconcilers: [
        statsOf('Kustomization', KUSTOMIZE_API, kustomizations),
        statsOf('GitRepository', SOURCE_API, source ? [source] : []),
      ],
      sync: {
        id: `kustomization/${FLUX_NAMESPACE}`,
        path: `clusters/${cluster.environment}`,
        ready: isSourceReady,
        status: isSourceReady
          ? `Applied revision: ${artifact?.revision ?? ''}`
          : 'not ready',
        source: String(source?.spec?.url ?? SOURCE_NAME),
      },
    },
    status: {
      conditions: withTransitions(
        [
          {
            type: 'Ready',
            status: 'True',
            reason: 'ReportUpdated',
            message: `Reported at ${kubeTime(now)}`,
          },
        ],
        before?.status?.conditions,
        now,
      ),
    },
  };
}
