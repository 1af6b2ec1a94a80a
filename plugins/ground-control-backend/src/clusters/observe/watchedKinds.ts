import { linkKinds } from '../../links/observe/linkKinds';
import { WatchedKind } from '../types';
import { observeEvent } from './observeEvent';
import { observeFluxReport } from './observeFluxReport';
import { observeGitRepository } from './observeGitRepository';
import { observeHelmRelease } from './observeHelmRelease';
import { observeIdentity } from './observeIdentity';
import { observeKustomization } from './observeKustomization';
import { observeNode } from './observeNode';
import { observePod } from './observePod';
import { observeRoutingWeight } from './observeRoutingWeight';
import { observeWorkload } from './observeWorkload';
import { ObservedPod } from './types';

/** All kinds that are watched in a cluster. There are no Secrets among them. */
export const watchedKinds: WatchedKind[] = [
  {
    id: 'nodes',
    group: '',
    versions: ['v1'],
    resource: 'nodes',
    needed: false,
    observe: observeNode,
  },
  {
    id: 'configMaps',
    group: '',
    versions: ['v1'],
    resource: 'configmaps',
    fieldSelector: 'metadata.name=cluster-identity',
    needed: false,
    observe: observeIdentity,
  },
  {
    id: 'deployments',
    group: 'apps',
    versions: ['v1'],
    resource: 'deployments',
    needed: true,
    observe: observeWorkload('Deployment'),
  },
  {
    id: 'statefulSets',
    group: 'apps',
    versions: ['v1'],
    resource: 'statefulsets',
    needed: false,
    observe: observeWorkload('StatefulSet'),
  },
  {
    id: 'daemonSets',
    group: 'apps',
    versions: ['v1'],
    resource: 'daemonsets',
    needed: false,
    observe: observeWorkload('DaemonSet'),
  },
  {
    id: 'gitRepositories',
    group: 'source.toolkit.fluxcd.io',
    versions: ['v1', 'v1beta2'],
    resource: 'gitrepositories',
    needed: true,
    observe: observeGitRepository,
  },
  {
    id: 'kustomizations',
    group: 'kustomize.toolkit.fluxcd.io',
    versions: ['v1', 'v1beta2'],
    resource: 'kustomizations',
    needed: true,
    observe: observeKustomization,
  },
  {
    id: 'helmReleases',
    group: 'helm.toolkit.fluxcd.io',
    versions: ['v2', 'v2beta2', 'v2beta1'],
    resource: 'helmreleases',
    needed: false,
    observe: observeHelmRelease,
  },
  {
    id: 'fluxReports',
    group: 'fluxcd.controlplane.io',
    versions: ['v1'],
    resource: 'fluxreports',
    needed: false,
    observe: observeFluxReport,
  },
  {
    id: 'routingWeights',
    group: 'routing.lunar.tech',
    versions: ['v1alpha1'],
    resource: 'routingweights',
    needed: false,
    observe: observeRoutingWeight,
  },
  {
    id: 'events',
    group: '',
    versions: ['v1'],
    resource: 'events',
    fieldSelector: 'involvedObject.kind=Kustomization',
    needed: false,
    observe: observeEvent,
  },
  ...linkKinds,
];

/** Never watched: listed for stuck workloads, and to count restarts. */
export const podKind: WatchedKind<ObservedPod> = {
  id: 'pods',
  group: '',
  versions: ['v1'],
  resource: 'pods',
  needed: false,
  observe: observePod,
};
