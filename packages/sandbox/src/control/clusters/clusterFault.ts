import type { ClusterFault } from '../../clusters/types.ts';
import { ControlError } from '../types.ts';
import type { Control } from '../types.ts';
import { findCluster } from './find.ts';

const FAULTS: Record<ClusterFault, string> = {
  refuse: 'refuses connections',
  hang: 'takes connections and never answers',
  'hang-streams': 'lets streams stop in the middle',
  unauthorized: 'answers 401',
  forbid: 'answers 403',
  throttle: 'answers 429',
  error: 'answers 500',
  impostor: 'answers as another cluster',
  'close-watches': 'closes watches after a second',
  gone: 'answers watches with 410',
  'half-events': 'sends half events',
  'clock-skew': 'has a clock that is wrong',
};

function isFault(text: string): text is ClusterFault {
  return Object.hasOwn(FAULTS, text);
}

export const clusterFault: Control = {
  name: 'cluster-fault',
  arguments: ['cluster', 'fault'],
  options: {
    kind: {
      type: 'string',
      value: 'PLURAL',
      description: 'Only for this kind of object',
      default: 'all kinds',
      example: '--kind kustomizations',
    },
  },
  description: `The API of a cluster fails in one way (${Object.keys(
    FAULTS,
  ).join(', ')}), or tells the truth again (none)`,
  example: 'cluster-fault aws-prod-1 hang',
  async run(target, values) {
    const cluster = findCluster(target, values.cluster);
    const { fault, kind } = values;
    if (fault !== 'none' && !isFault(fault)) {
      throw new ControlError(
        `There is no fault "${fault}", only ${Object.keys(FAULTS).join(
          ', ',
        )} and none`,
      );
    }
    const others = target.clusters!.clusters.filter(one => one !== cluster);
    if (fault === 'impostor' && others.length === 0) {
      throw new ControlError('There is no other cluster to be mistaken for');
    }
    await cluster.setFault(fault === 'none' ? undefined : fault, {
      ...(kind ? { kind } : {}),
      ...(fault === 'impostor' ? { store: others[0].server.store } : {}),
    });
    return {
      message:
        fault === 'none'
          ? `${cluster.name} answers the truth again`
          : `${cluster.name} ${FAULTS[fault]}${kind ? ` for ${kind}` : ''} now`,
    };
  },
};
