import type { Control } from '../types.ts';
import { findCluster } from './find.ts';

export const renewToken: Control = {
  name: 'renew-token',
  arguments: ['cluster'],
  options: {},
  description:
    'The token that reads a cluster is replaced in its file, and the one before is refused',
  example: 'renew-token aws-prod-1',
  async run(target, values) {
    const cluster = findCluster(target, values.cluster);
    target.clusters!.renewToken(cluster);
    return { message: `${cluster.name} has another token now` };
  },
};
