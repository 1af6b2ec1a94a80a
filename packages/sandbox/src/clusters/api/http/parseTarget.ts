import type { ResourceType } from '../../types.ts';
import { apiVersionOf } from '../typeNames.ts';

/** What a URL of the API names. */
export interface Target {
  type: ResourceType;
  namespace?: string;
  name?: string;
  subresource?: string;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Of `/api/v1/…` and `/apis/<group>/<version>/…`; undefined for any other. */
export function parseTarget(
  path: string,
  types: readonly ResourceType[],
): Target | undefined {
  const parts = path.split('/').slice(1).map(decode);
  const version = parts[0] === 'api' ? parts[1] : `${parts[1]}/${parts[2]}`;
  const rest = parts.slice(parts[0] === 'api' ? 2 : 3);
  if (!['api', 'apis'].includes(parts[0] ?? '') || rest.some(part => !part)) {
    return undefined;
  }
  const served = types.filter(type => apiVersionOf(type) === version);
  const find = (plural: string | undefined, namespaced?: boolean) =>
    served.find(
      type =>
        type.plural === plural &&
        (namespaced === undefined || type.namespaced === namespaced),
    );
  if (rest[0] === 'namespaces' && rest.length > 2) {
    const type = find(rest[2], true);
    if (type && rest.length <= 5) {
      return {
        type,
        namespace: rest[1],
        name: rest[3],
        subresource: rest[4],
      };
    }
  }
  const type = find(rest[0]);
  // A namespaced object has no address outside of its namespace.
  const most = type?.namespaced ? 1 : 3;
  return type && rest.length <= most
    ? { type, name: rest[1], subresource: rest[2] }
    : undefined;
}
