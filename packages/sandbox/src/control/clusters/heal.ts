import { ControlError } from '../types.ts';
import type { Control } from '../types.ts';
import { findClustersOf, namesOf } from './find.ts';

export const heal: Control = {
  name: 'heal',
  arguments: ['service', 'where'],
  options: {},
  description:
    'The pods of a service, in a cluster or in all of an environment, can run again',
  example: 'heal ledger-api prod',
  async run(target, values) {
    const clusters = findClustersOf(target, values.service, values.where);
    const healed = clusters.filter(cluster => cluster.heal(values.service) > 0);
    if (healed.length === 0) {
      throw new ControlError(
        `Nothing was wrong with ${values.service} in ${namesOf(clusters)}`,
      );
    }
    return {
      message: `The pods of ${values.service} in ${namesOf(
        healed,
      )} can run again`,
    };
  },
};
