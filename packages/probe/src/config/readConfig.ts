import { dirname, resolve } from 'node:path';
import type { Target } from '../types.ts';
import { makeTargets } from './makeTargets.ts';
import { readYaml } from './readYaml.ts';
import { type ConfigFile, configFile, targetList } from './schema.ts';
import type { Config, LinksConfig } from './types.ts';

const DEFAULT_PORT = 9740;

function readLinks(
  {
    server,
    tokenFile,
    caFile,
    namespace,
    interval,
  }: NonNullable<ConfigFile['links']>,
  folder: string,
): LinksConfig {
  return {
    ...(server && { server }),
    ...(tokenFile && { tokenFile: resolve(folder, tokenFile) }),
    ...(caFile && { caFile: resolve(folder, caFile) }),
    ...(namespace && { namespace }),
    intervalMs: interval ?? 15_000,
  };
}

function tlsPaths(targets: Target[]): string[] {
  return targets.flatMap(({ tls }) =>
    [tls?.ca, tls?.cert, tls?.key].filter(path => path !== undefined),
  );
}

/**
 * Reads the configuration, its file of targets, and looks at every certificate
 * that they name.
 *
 * @throws ConfigFault with the line and reason of what is wrong
 */
export function readConfig(path: string): Config {
  const file = resolve(path);
  const yaml = readYaml(file, configFile);
  const { source, listen, targets = [], targetsFile, links } = yaml.value;
  const folder = dirname(file);
  const defaults = {
    intervalMs: yaml.value.interval ?? 5_000,
    deadlineMs: yaml.value.deadline ?? 3_000,
    providers: yaml.value.providers ?? {},
  };
  const own = makeTargets(yaml, targets, ['targets'], {
    defaults,
    folder,
    origin: 'config',
  });
  let listed: Target[] = [];
  const files = [file];
  if (targetsFile) {
    const listFile = resolve(folder, targetsFile);
    files.push(listFile);
    const list = readYaml(listFile, targetList);
    listed = makeTargets(list, list.value, [], {
      defaults,
      folder: dirname(listFile),
      origin: 'file',
    });
    const taken = new Set(own.map(({ name }) => name));
    const double = listed.findIndex(({ name }) => taken.has(name));
    if (double >= 0) {
      throw list.fault(
        [double, 'name'],
        'is the name of a target of the configuration already',
      );
    }
  }
  const all = [...own, ...listed];
  return {
    source,
    listen: { ...listen, port: listen?.port ?? DEFAULT_PORT },
    ...defaults,
    jitter: yaml.value.jitter ?? 0.1,
    targets: all,
    ...(links && { links: readLinks(links, folder) }),
    files: [...new Set([...files, ...tlsPaths(all)])],
  };
}
