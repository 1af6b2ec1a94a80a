import { commitByHand } from './commitByHand.ts';
import { hostileCommits } from './hostile/index.ts';
import type { Control } from './types.ts';

export const hostile: Control = {
  name: 'hostile',
  arguments: [],
  options: {},
  description:
    'Commit what Git takes and nobody should trust: odd names and titles, huge and broken files, secrets in every shape',
  example: 'hostile',
  run({ live }) {
    return live.exclusively(async () => {
      const commits = hostileCommits();
      await live.write(
        commits.map(({ message, changes }) =>
          commitByHand(live, message, changes),
        ),
      );
      return {
        message: `${commits.length} hostile commits`,
        commit: live.world.tip,
      };
    });
  },
};
