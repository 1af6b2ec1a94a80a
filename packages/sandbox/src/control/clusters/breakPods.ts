import type { PodFaultKind } from '../../clusters/workloads/types.ts';
import type { Control } from '../types.ts';
import { findClustersOf, namesOf } from './find.ts';

function breakControl(name: string, kind: PodFaultKind, what: string): Control {
  return {
    name,
    arguments: ['service', 'where'],
    options: {
      now: {
        type: 'boolean',
        description: 'The pods that run at present too',
        default: 'those of the next rollout',
        example: '--now',
      },
    },
    description: `The pods of a service ${what}, in a cluster or in all of an environment, from the next rollout on until heal`,
    example: `${name} ledger-api prod`,
    async run(target, values) {
      const clusters = findClustersOf(target, values.service, values.where);
      const now = values.now === 'true';
      clusters.forEach(cluster => cluster.breakPods(values.service, kind, now));
      return {
        message: `The pods of ${values.service} in ${namesOf(
          clusters,
        )} ${what}, ${now ? 'from now on' : 'from the next rollout on'}`,
        clusters: clusters.map(cluster => cluster.name),
      };
    },
  };
}

/** What keeps pods from running; `heal` ends them all. */
export const breakControls: Control[] = [
  breakControl('crash-pods', 'crash', 'crash again and again'),
  breakControl('unschedulable', 'unschedulable', 'find no node with room'),
  breakControl('image-pull', 'image-pull', 'can not pull their image'),
  breakControl('quota', 'quota', 'are refused by a quota'),
];
