import { resolve } from 'node:path';
import type { Target, TlsFiles } from '../types.ts';
import { providerOf } from '../targets/providerOf.ts';
import { checkTls } from './checkTls.ts';
import type { ReadYaml } from './readYaml.ts';
import type { TargetEntry } from './schema.ts';
import type { Config } from './types.ts';

interface Context {
  defaults: Pick<Config, 'intervalMs' | 'deadlineMs' | 'providers'>;
  folder: string;
  origin: Target['origin'];
}

function absolute(folder: string, files: TlsFiles): TlsFiles {
  const { ca, cert, key, serverName } = files;
  return {
    ...(ca && { ca: resolve(folder, ca) }),
    ...(cert && { cert: resolve(folder, cert) }),
    ...(key && { key: resolve(folder, key) }),
    ...(serverName && { serverName }),
  };
}

function whereTo(entry: TargetEntry) {
  if (entry.kind === 'tcp') {
    const { host, port } = entry;
    return { host, port, path: '', secure: entry.tls !== undefined };
  }
  const { hostname, port, protocol, pathname, search } = entry.url;
  const secure = protocol === 'https:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 443 : 80),
    path: pathname + search,
    secure,
  };
}

function makeTarget(entry: TargetEntry, context: Context): Target {
  const { defaults, folder, origin } = context;
  const { secure, ...where } = whereTo(entry);
  const expect = entry.kind === 'http' ? entry.expectStatus ?? [] : [];
  return {
    name: entry.name,
    provider: entry.provider ?? providerOf(entry.name, defaults.providers),
    kind: entry.kind,
    ...where,
    ...(entry.family && { family: entry.family }),
    expectStatus: Array.isArray(expect) ? expect : [expect],
    ...(secure && { tls: absolute(folder, entry.tls ?? {}) }),
    freshConnections: entry.kind === 'tcp' || (entry.freshConnections ?? true),
    intervalMs: entry.interval ?? defaults.intervalMs,
    deadlineMs: entry.deadline ?? defaults.deadlineMs,
    origin,
  };
}

/**
 * The targets of a list, with the defaults of the configuration.
 *
 * @throws ConfigFault at what a schema can't see: names that are there twice,
 * certificates that can't be used
 */
export function makeTargets(
  yaml: ReadYaml<unknown>,
  entries: TargetEntry[],
  path: string[],
  context: Context,
): Target[] {
  const names = new Map<string, number>();
  const checked = new Map<string, string | undefined>();
  return entries.map((entry, i) => {
    const first = names.get(entry.name);
    if (first !== undefined) {
      throw yaml.fault(
        [...path, i, 'name'],
        `is the name of target ${first + 1} of the list already`,
      );
    }
    names.set(entry.name, i);
    if (entry.kind === 'http' && entry.tls && entry.url.protocol === 'http:') {
      throw yaml.fault([...path, i, 'tls'], 'needs a url of https://');
    }
    const target = makeTarget(entry, context);
    if (target.tls) {
      const { ca, cert, key } = target.tls;
      const id = JSON.stringify([ca, cert, key]);
      if (!checked.has(id)) checked.set(id, checkTls(target.tls));
      const problem = checked.get(id);
      if (problem) throw yaml.fault([...path, i, 'tls'], problem);
    }
    return target;
  });
}
