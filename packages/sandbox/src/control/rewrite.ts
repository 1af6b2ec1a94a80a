import { rewriteHistory } from '../git/rewriteHistory.ts';
import { noteOtherWriters } from '../world/noteOtherWriters.ts';
import { saveWorld } from '../world/worldFile.ts';
import { ControlError } from './types.ts';
import type { Control } from './types.ts';

export const rewrite: Control = {
  name: 'rewrite',
  arguments: [],
  options: {
    back: {
      type: 'string',
      value: 'N',
      description: 'How many of the newest commits are rewritten',
      default: '20',
      example: '--back 200',
    },
  },
  description: 'Rewrite the newest history, as somebody’s forced push does',
  example: 'rewrite --back 20',
  run({ live }, values) {
    return live.exclusively(async () => {
      const back = Number(values.back ?? '20');
      if (!Number.isInteger(back)) {
        throw new ControlError('back wants a whole number');
      }
      await noteOtherWriters(live.world);
      try {
        live.world.tip = await rewriteHistory(live.world.repositoryPath, back);
      } catch (error) {
        throw new ControlError((error as Error).message);
      }
      saveWorld(live.world);
      await live.announce();
      return {
        message: `Rewrote the newest ${back} commits; the tip is ${live.world.tip.slice(
          0,
          10,
        )}`,
        commit: live.world.tip,
      };
    });
  },
};
