import { describeWorld } from '../cli/describeWorld.ts';
import { readTip } from '../git/appendCommits.ts';
import type { Control } from './types.ts';

export const status: Control = {
  name: 'status',
  arguments: [],
  options: {},
  description: 'Say what the running world holds and how it answers',
  example: 'status',
  async run({ live, state }) {
    const { dir, options, counts, repositoryPath } = live.world;
    return {
      message: `${describeWorld(live.world)}; rate ${live.rate}; access: ${
        state.access
      }`,
      dir,
      options,
      counts,
      tip: await readTip(repositoryPath),
      rate: live.rate,
      access: state.access,
    };
  },
};
