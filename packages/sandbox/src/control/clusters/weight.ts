import type { Control } from '../types.ts';
import { numberWithin } from '../links/find.ts';
import { findCluster } from './find.ts';

export const weight: Control = {
  name: 'weight',
  arguments: ['cluster', 'weight'],
  options: {
    'dry-run': {
      type: 'boolean',
      description: 'It is only tried, and nothing is set',
      default: 'it is set',
      example: '--dry-run',
    },
  },
  description:
    'A cluster asks for so much of the traffic, as in a failover; 100 is what all of production ask for',
  example: 'weight az-prod-1 0',
  async run(target, values) {
    const cluster = findCluster(target, values.cluster);
    const asked = numberWithin('weight', values.weight, [0, 255]);
    cluster.setWeight(asked, values['dry-run'] === 'true');
    return { message: `${cluster.name} asks for a weight of ${asked}` };
  },
};
