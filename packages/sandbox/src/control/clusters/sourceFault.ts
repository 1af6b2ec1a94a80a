import { isOn } from '../isOn.ts';
import type { Control } from '../types.ts';
import { findCluster } from './find.ts';

export const sourceFault: Control = {
  name: 'source-fault',
  arguments: ['cluster', 'switch'],
  options: {},
  description:
    'The Flux of a cluster may not read the repository any more (on), or again (off)',
  example: 'source-fault aws-prod-1 on',
  async run(target, values) {
    const cluster = findCluster(target, values.cluster);
    const failing = isOn(values.switch);
    cluster.setSourceFailing(failing);
    return {
      message: `${cluster.name} ${
        failing
          ? 'can not read the repository now'
          : 'reads the repository again'
      }`,
    };
  },
};
