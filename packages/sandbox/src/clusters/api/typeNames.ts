import type { ResourceType } from '../types.ts';

/** `v1`, or `apps/v1`. */
export function apiVersionOf(type: ResourceType): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

/** `nodes`, or `deployments.apps`: how messages name a kind. */
export function qualifiedName(type: ResourceType): string {
  return type.group ? `${type.plural}.${type.group}` : type.plural;
}

/** One for each kind of a server. */
export function typeKey(type: ResourceType): string {
  return `${apiVersionOf(type)}/${type.plural}`;
}

/**
 * Of Kubernetes itself, not of a CRD: their items carry no kind in a list,
 * and they may be updated without a resourceVersion.
 */
export function isBuiltIn(type: ResourceType): boolean {
  return !type.group.includes('.') || type.group.endsWith('.k8s.io');
}
