import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';

/** Names a service in maps: `<namespace>/<name>`. Neither has a slash. */
export function serviceKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** Pair of {@link serviceKey}. */
export function parseServiceKey(key: string): ServiceRef {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
