import { formatDuration, parseDuration } from '../lib/durations.ts';
import type { ClusterTimings } from '../timings.ts';
import type { KubeObject } from '../types.ts';

export const KUSTOMIZE_API = 'kustomize.toolkit.fluxcd.io/v1';
export const SOURCE_API = 'source.toolkit.fluxcd.io/v1';
export const HELM_API = 'helm.toolkit.fluxcd.io/v2';
export const OWNER_NAME = 'kustomize.toolkit.fluxcd.io/name';
export const OWNER_NAMESPACE = 'kustomize.toolkit.fluxcd.io/namespace';
export const REQUESTED_AT = 'reconcile.fluxcd.io/requestedAt';
export const FLUX_NAMESPACE = 'flux-system';
export const SOURCE_NAME = 'k8s-cluster-config';

export const ROOT_KEY = `${FLUX_NAMESPACE}/flux-system`;
export const INFRASTRUCTURE_KEY = `${FLUX_NAMESPACE}/infrastructure`;

const DEFAULT_INTERVAL = 300_000;

/** What we use of a Kustomization's spec; anybody may have written it. */
export interface KustomizationSpec {
  path: string;
  suspended: boolean;
  wait: boolean;
  prune: boolean;
  interval: number;
  timeout: number;
  /** Keys of what must be Ready before. */
  dependsOn: string[];
}

export function readSpec(
  object: KubeObject,
  timings: ClusterTimings,
): KustomizationSpec {
  const spec = object.spec ?? {};
  const interval = parseDuration(spec.interval) ?? DEFAULT_INTERVAL;
  const dependsOn = Array.isArray(spec.dependsOn) ? spec.dependsOn : [];
  return {
    path: String(spec.path ?? ''),
    suspended: spec.suspend === true,
    wait: spec.wait === true,
    prune: spec.prune === true,
    interval: timings.interval ?? interval,
    timeout: timings.healthTimeout ?? parseDuration(spec.timeout) ?? interval,
    dependsOn: dependsOn.map(
      entry =>
        `${entry?.namespace ?? object.metadata.namespace}/${entry?.name}`,
    ),
  };
}

export function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** The Kustomizations that stand above the services', and bring Flux itself. */
export function ancestorObject(
  name: 'flux-system' | 'infrastructure',
  path: string,
): KubeObject {
  return {
    apiVersion: KUSTOMIZE_API,
    kind: 'Kustomization',
    metadata: {
      name,
      namespace: FLUX_NAMESPACE,
      finalizers: ['finalizers.fluxcd.io'],
    },
    spec: {
      force: false,
      interval: formatDuration(600_000),
      path,
      prune: true,
      sourceRef: { kind: 'GitRepository', name: SOURCE_NAME },
    },
  };
}
