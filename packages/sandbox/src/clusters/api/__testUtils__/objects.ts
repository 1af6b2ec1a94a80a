import type { KubeObject } from '../../types.ts';

export function kustomization(
  name: string,
  options: {
    namespace?: string;
    labels?: Record<string, string>;
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
  } = {},
): KubeObject {
  const { labels, spec = {}, status } = options;
  const within = options.namespace ?? 'flux-system';
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: within, labels },
    spec,
    status,
  };
}

export function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

export const KUSTOMIZATIONS = '/apis/kustomize.toolkit.fluxcd.io/v1';
