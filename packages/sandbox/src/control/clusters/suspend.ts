import type { Control } from '../types.ts';
import { findCluster } from './find.ts';

function suspendControl(
  name: 'suspend' | 'resume',
  description: string,
  done: string,
): Control {
  return {
    name,
    arguments: ['cluster', 'kustomization'],
    options: {},
    description,
    example: `${name} aws-prod-1 ledger-api`,
    async run(target, values) {
      const cluster = findCluster(target, values.cluster);
      const what = cluster.suspend(values.kustomization, name === 'suspend');
      return { message: `${what} of ${cluster.name} is ${done}` };
    },
  };
}

export const suspend = suspendControl(
  'suspend',
  'Somebody suspends a Kustomization of a cluster: a service, infrastructure, flux-system/flux-system, or the source k8s-cluster-config',
  'suspended',
);

export const resume = suspendControl(
  'resume',
  'What was suspended goes on',
  'no longer suspended',
);
