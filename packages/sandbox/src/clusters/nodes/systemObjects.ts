import type { Cluster } from '../../company/types.ts';
import type { Instance } from '../access/tokens.ts';
import type { KubeObject } from '../types.ts';
import { clusterVersions } from './clusterVersions.ts';

const IDENTITY_NAMESPACES = ['default', 'flux-system'];

/** `instance` says whose it is, where it came with the cluster itself. */
export function namespaceObject(name: string, instance?: Instance): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      ...(instance ? { creationTimestamp: instance.createdAt } : {}),
      ...(instance && name === 'kube-system' ? { uid: instance.uid } : {}),
      labels: { 'kubernetes.io/metadata.name': name },
      annotations: IDENTITY_NAMESPACES.includes(name)
        ? { 'config.lunar.tech/cluster-identity-inject': 'true' }
        : {},
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

/** What cluster-identity-controller writes. */
export function identityObjects({ name }: Cluster): KubeObject[] {
  return IDENTITY_NAMESPACES.map(namespace => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-identity', namespace },
    data: { clusterName: name },
  }));
}

function deployment(options: {
  name: string;
  namespace: string;
  image: string;
  labels: Record<string, string>;
}): KubeObject {
  const { name, namespace, image, labels } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name, ...labels } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels } },
        spec: { containers: [{ name: 'manager', image }] },
      },
    },
  };
}

/** The controllers of Flux, with the labels that tell its version. */
export function fluxDeployments(cluster: Cluster): KubeObject[] {
  const { flux, controllers } = clusterVersions(cluster);
  return Object.entries(controllers).map(([name, tag]) =>
    deployment({
      name,
      namespace: 'flux-system',
      image: `ghcr.io/fluxcd/${name}:${tag}`,
      labels: {
        'app.kubernetes.io/component': name,
        'app.kubernetes.io/instance': 'flux-system',
        'app.kubernetes.io/part-of': 'flux',
        'app.kubernetes.io/version': flux,
      },
    }),
  );
}

/** Linkerd's control plane. */
export function linkerdDeployments(cluster: Cluster): KubeObject[] {
  const { linkerd } = clusterVersions(cluster);
  const part = (name: string, namespace: string, image: string) =>
    deployment({
      name,
      namespace,
      image: `cr.l5d.io/linkerd/${image}:${linkerd}`,
      labels: {
        'app.kubernetes.io/name': name.replace(/^linkerd-/, ''),
        'app.kubernetes.io/part-of': 'Linkerd',
        'app.kubernetes.io/version': linkerd,
        'linkerd.io/control-plane-ns': 'linkerd',
      },
    });
  return [
    part('linkerd-destination', 'linkerd', 'controller'),
    part('linkerd-identity', 'linkerd', 'controller'),
    part('linkerd-proxy-injector', 'linkerd', 'controller'),
    part('linkerd-gateway', 'linkerd-multicluster', 'proxy'),
  ];
}

export const SYSTEM_NAMESPACES = [
  'default',
  'kube-system',
  'flux-system',
  'linkerd',
  'linkerd-multicluster',
];
