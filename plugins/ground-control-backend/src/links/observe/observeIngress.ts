import { readFields, readName } from '../../clusters/observe/fields';
import { readList, readObject, readPort } from './readObject';
import { IngressBackend, ObservedIngress } from './types';

const MOST_RULES = 200;
const MOST_PATHS = 200;
const MOST_BACKENDS = 50;
const MOST_HOSTS = 50;
const MOST_SECRETS = 20;

function readBackend(value: unknown): IngressBackend | undefined {
  const service = readFields(readFields(value)?.service);
  const name = readName(service?.name);
  const port = readPort(readFields(service?.port)?.number);
  return name ? { service: name, ...(port && { port }) } : undefined;
}

/** Each service once, with the port that is named first. */
function distinct(backends: Array<IngressBackend | undefined>) {
  const found = new Map<string, IngressBackend>();
  for (const backend of backends) {
    if (found.size === MOST_BACKENDS) break;
    if (backend && !found.has(backend.service)) {
      found.set(backend.service, backend);
    }
  }
  return [...found.values()];
}

/** An Ingress that leads to services; undefined for one that leads nowhere. */
export function observeIngress(object: unknown): ObservedIngress | undefined {
  const parts = readObject(object);
  const spec = parts?.spec;
  if (!parts || !spec) return undefined;
  const rules = readList(spec.rules, MOST_RULES).map(readFields);
  const backends = distinct([
    ...rules.flatMap(rule =>
      readList(readFields(rule?.http)?.paths, MOST_PATHS).map(path =>
        readBackend(readFields(path)?.backend),
      ),
    ),
    readBackend(spec.defaultBackend),
  ]);
  if (backends.length === 0) return undefined;
  const hosts = rules.flatMap(rule => readName(rule?.host) ?? []);
  const secrets = readList(spec.tls, MOST_SECRETS).flatMap(
    one => readName(readFields(one)?.secretName) ?? [],
  );
  return {
    ...parts.ref,
    backends,
    hosts: [...new Set(hosts)].slice(0, MOST_HOSTS),
    secrets: [...new Set(secrets)],
    managedByGateway: parts.managedByGateway,
  };
}
