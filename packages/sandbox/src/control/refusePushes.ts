import { refusePushes } from '../server/refusePushes.ts';
import { isOn } from './isOn.ts';
import type { Control } from './types.ts';

export const refusePushesControl: Control = {
  name: 'refuse-pushes',
  arguments: ['switch'],
  options: {},
  description:
    'The repository refuses what others push to it (on), or takes it again (off)',
  example: 'refuse-pushes on',
  async run({ live }, values) {
    const refuse = isOn(values.switch);
    await refusePushes(live.world.repositoryPath, refuse);
    return {
      message: refuse
        ? 'The repository refuses pushes now'
        : 'The repository takes pushes again',
    };
  },
};
