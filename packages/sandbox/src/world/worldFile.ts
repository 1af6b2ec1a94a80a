import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCompany } from '../company/buildCompany.ts';
import { createContext } from '../simulation/context.ts';
import type { OpenWorld, WorldFile } from './types.ts';
import { worldPaths } from './worldPaths.ts';

/** Raise it whenever the same options give other bytes than before. */
export const FORMAT_VERSION = 4;

/** Saves a world, so that a crash leaves the old file or the new one. */
export function saveWorld(world: OpenWorld): void {
  const { worldFilePath } = worldPaths(world.dir);
  const { options, counts, tip, context } = world;
  const file: WorldFile = {
    formatVersion: FORMAT_VERSION,
    options,
    counts,
    tip,
    state: context.state,
  };
  writeFileSync(`${worldFilePath}.new`, `${JSON.stringify(file)}\n`);
  renameSync(`${worldFilePath}.new`, worldFilePath);
}

/** Reads a saved world; nothing when there is none that we can go on with. */
export function readWorld(dir: string): OpenWorld | undefined {
  const paths = worldPaths(dir);
  let text: string;
  try {
    text = readFileSync(paths.worldFilePath, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const file: WorldFile = JSON.parse(text);
  if (
    file.formatVersion !== FORMAT_VERSION ||
    !existsSync(join(paths.repositoryPath, 'HEAD'))
  ) {
    return undefined;
  }
  const { options, counts, tip, state } = file;
  const context = createContext(buildCompany(options), state);
  return { ...paths, options, counts, tip, context };
}
