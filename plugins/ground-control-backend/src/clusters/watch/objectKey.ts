/** Names of Kubernetes are 253 characters at most. */
const LONGEST_NAME = 253;

function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_NAME &&
    /^[A-Za-z0-9][^/\p{C}\s]*$/u.test(value)
  );
}

/**
 * `<namespace>/<name>` of an object, `/<name>` outside namespaces; undefined
 * for what isn't an object of Kubernetes.
 */
export function objectKey(object: unknown): string | undefined {
  const { name, namespace } =
    (object as { metadata?: Record<string, unknown> })?.metadata ?? {};
  if (!isName(name)) return undefined;
  if (namespace === undefined || namespace === '') return `/${name}`;
  return isName(namespace) ? `${namespace}/${name}` : undefined;
}

/** Where a watch can be resumed after this object; undefined when it doesn't say. */
export function objectVersion(object: unknown): string | undefined {
  const version = (object as { metadata?: Record<string, unknown> })?.metadata
    ?.resourceVersion;
  return typeof version === 'string' && /^[\w.-]{1,64}$/.test(version)
    ? version
    : undefined;
}
