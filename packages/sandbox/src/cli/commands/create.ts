import { createWorld } from '../../world/createWorld.ts';
import { describeWorld } from '../describeWorld.ts';
import { progressLine } from '../progress.ts';
import type { Command } from '../types.ts';
import { WORLD_CLI_OPTIONS, dirOf, readWorldOptions } from '../worldOptions.ts';

export const create: Command = {
  name: 'create',
  arguments: [],
  description: 'Build a world: config repository, artifacts, catalog, people',
  options: {
    ...WORLD_CLI_OPTIONS,
    force: {
      type: 'boolean',
      description: 'Replace the world that is there',
      default: 'an existing world is kept',
      example: '--force',
    },
  },
  example: 'create --squads 3 --services 20 --days 14 --dir .sandbox-small',
  async run(values) {
    const started = Date.now();
    const progress = progressLine('Building the world');
    const world = await createWorld({
      ...readWorldOptions(values),
      dir: dirOf(values),
      force: values.force === true,
      onProgress: progress,
    });
    progress(1);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(
      `Built in ${seconds} s in ${world.dir}: ${describeWorld(world)}\n`,
    );
  },
};
