import { join, resolve } from 'node:path';

/** Where everything of a world lies. */
export function worldPaths(dir: string) {
  const absolute = resolve(dir);
  return {
    dir: absolute,
    repositoryPath: join(absolute, 'config-repository.git'),
    artifactsPath: join(absolute, 'artifacts'),
    sourcePath: join(absolute, 'source'),
    catalogPath: join(absolute, 'catalog'),
    peoplePath: join(absolute, 'people.json'),
    worldFilePath: join(absolute, 'world.json'),
  };
}
