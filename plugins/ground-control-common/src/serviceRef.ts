/**
 * Names a service within a config repository.
 *
 * `namespace` is the artifact's own namespace and may be empty: a service
 * without one is kept in a folder named after its environment, so the folder's
 * name is no part of the service's identity.
 *
 * @public
 */
export interface ServiceRef {
  namespace: string;
  name: string;
}

/** Stands for the empty namespace in URLs; no Kubernetes namespace can be named so. */
const NO_NAMESPACE = '-';

/**
 * Writes a service's name for people, annotations and URL state:
 * `<namespace>/<name>`, or the bare name where there is no namespace.
 *
 * @public
 */
export function formatServiceRef(ref: ServiceRef): string {
  return ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name;
}

/**
 * Reads what {@link formatServiceRef} writes. Returns undefined for anything
 * with an empty name or more than one slash.
 *
 * @public
 */
export function parseServiceRef(text: string): ServiceRef | undefined {
  const parts = text.split('/');
  if (parts.length > 2 || parts.some(part => part === '')) {
    return undefined;
  }
  return parts.length === 2
    ? { namespace: parts[0], name: parts[1] }
    : { namespace: '', name: parts[0] };
}

/**
 * Writes a service as two path segments, each percent-encoded:
 * `<namespace or ->/<name>`.
 *
 * @public
 */
export function formatServicePath(ref: ServiceRef): string {
  return `${encodeURIComponent(
    ref.namespace || NO_NAMESPACE,
  )}/${encodeURIComponent(ref.name)}`;
}

/**
 * Reads the two decoded path segments that {@link formatServicePath} writes.
 *
 * @public
 */
export function parseServicePath(namespace: string, name: string): ServiceRef {
  return { namespace: namespace === NO_NAMESPACE ? '' : namespace, name };
}
