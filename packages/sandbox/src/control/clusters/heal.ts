import { ControlError } from '../types.ts';
import type { Control } from '../types.ts';
import { findClustersOf, namesOf } from './find.ts';

export const heal: Control = {
  name: 'heal',
  arguments: ['service', 'where'],
  options: {},
  description:
    'The pods of a service, in a cluster or in all of an environment, can run again, and its workload is what Flux applied',
  example: 'heal ledger-api prod',
  async run(target, { service, where }) {
    const clusters = findClustersOf(target, service, where);
    const restored = clusters.filter(cluster => cluster.restore(service));
    const healed = clusters.filter(cluster => cluster.heal(service) > 0);
    const done = [
      ...(healed.length > 0
        ? [`The pods of ${service} in ${namesOf(healed)} can run again`]
        : []),
      ...(restored.length > 0
        ? [`${service} in ${namesOf(restored)} is what Flux applied again`]
        : []),
    ];
    if (done.length === 0) {
      throw new ControlError(
        `Nothing was wrong with ${service} in ${namesOf(clusters)}`,
      );
    }
    return { message: done.join('. ') };
  },
};
