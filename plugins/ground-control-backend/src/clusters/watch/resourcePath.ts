import { WatchedKind } from '../types';

type Kind = Pick<WatchedKind, 'group' | 'resource'> &
  Partial<Pick<WatchedKind, 'fieldSelector' | 'labelSelector' | 'part'>>;

/** The path of a version of a group, where a cluster says which kinds it has. */
export function groupVersionPath(group: string, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** The path of a list or watch, of all namespaces or of one. */
export function resourcePath(
  kind: Kind,
  version: string,
  options: {
    namespace?: string;
    query: Record<string, string | number | undefined>;
  },
): string {
  const { namespace } = options;
  const query = new URLSearchParams();
  const { fieldSelector, labelSelector } = kind;
  for (const [name, value] of Object.entries({
    fieldSelector,
    labelSelector,
    ...options.query,
  })) {
    if (value !== undefined) query.set(name, String(value));
  }
  const place =
    namespace === undefined
      ? ''
      : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${groupVersionPath(kind.group, version)}${place}/${
    kind.resource
  }?${query}`;
}

/** As people know it, such as `kustomizations.kustomize.toolkit.fluxcd.io`. */
export function kindName(kind: Kind): string {
  const { group, resource, part } = kind;
  const name = group === '' ? resource : `${resource}.${group}`;
  return part === undefined ? name : `${name} (${part})`;
}
