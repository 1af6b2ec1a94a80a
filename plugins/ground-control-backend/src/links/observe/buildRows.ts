import {
  ClusterIngress,
  ClusterLink,
  ClusterMirrored,
  ClusterTrust,
  ExportedService,
} from '../store';
import { decideCertificate } from './decideCertificate';
import {
  ObservedCertificate,
  ObservedExported,
  ObservedIngress,
  ObservedLink,
  ObservedMirrored,
  ObservedTrustRoots,
} from './types';

const idOf = (...parts: string[]) => parts.join('\0');

/** Of two to the same target the first by name counts, whenever it came. */
function inOrder<T extends { namespace: string; name: string }>(
  objects: Iterable<T>,
): T[] {
  const key = ({ namespace, name }: T) => `${namespace}/${name}`;
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Which Links a cluster has: one for each target. */
export function buildLinks(
  cluster: string,
  links: Iterable<ObservedLink>,
  now: number,
): ClusterLink[] {
  const found = new Map<string, ClusterLink>();
  for (const link of inOrder(links)) {
    const { target, namespace, gateway } = link;
    if (found.has(target)) continue;
    found.set(target, {
      cluster,
      target,
      namespace,
      gateway,
      gatewayPort: link.gatewayPort ?? null,
      gatewayIdentity: link.gatewayIdentity ?? null,
      probePeriod: link.probePeriod ?? null,
      observedAt: now,
    });
  }
  return [...found.values()];
}

/**
 * The services of targets that are there, and those of which the Links say
 * that they can't be: one that is there may have failed to follow its own.
 */
export function buildMirrored(
  cluster: string,
  services: Iterable<ObservedMirrored>,
  links: Iterable<ObservedLink>,
): ClusterMirrored[] {
  const rows: ClusterMirrored[] = [];
  const rowOf = new Map<string, ClusterMirrored>();
  for (const { namespace, name, target, service } of services) {
    const row: ClusterMirrored = {
      cluster,
      namespace,
      name,
      target,
      service: service.name,
      serviceNamespace: service.namespace,
      state: 'mirrored',
      reason: null,
      message: null,
    };
    rows.push(row);
    rowOf.set(idOf(target, service.namespace, service.name), row);
  }
  for (const { target, failing } of inOrder(links)) {
    for (const { service, name, reason, message } of failing) {
      const id = idOf(target, service.namespace, service.name);
      let row = rowOf.get(id);
      if (!row) {
        row = {
          cluster,
          namespace: service.namespace,
          name,
          target,
          service: service.name,
          serviceNamespace: service.namespace,
          state: 'failing',
          reason: null,
          message: null,
        };
        rows.push(row);
        rowOf.set(id, row);
      }
      row.state = 'failing';
      row.reason = reason;
      row.message = message ?? null;
    }
  }
  return rows;
}

export function buildExported(
  cluster: string,
  services: Iterable<ObservedExported>,
): ExportedService[] {
  return [...services].map(one => ({
    cluster,
    namespace: one.namespace,
    service: one.name,
    ports: one.ports,
    externalName: one.externalName ?? null,
    managedByGateway: one.managedByGateway,
  }));
}

/** @param certificates - undefined where they aren't known */
export function buildIngresses(
  cluster: string,
  ingresses: Iterable<ObservedIngress>,
  certificates: Iterable<ObservedCertificate> | undefined,
): ClusterIngress[] {
  const bySecret = new Map<string, ObservedCertificate>();
  for (const certificate of inOrder(certificates ?? [])) {
    const id = idOf(certificate.namespace, certificate.secret);
    // Two that write one Secret are at odds; one that isn't ready says so.
    if (bySecret.get(id)?.ready ?? true) bySecret.set(id, certificate);
  }
  return [...ingresses].flatMap(ingress => {
    const { namespace, name, hosts, managedByGateway } = ingress;
    const { state, message } = decideCertificate(
      ingress.secrets,
      certificates && (secret => bySecret.get(idOf(namespace, secret))),
    );
    return ingress.backends.map(({ service, port }) => ({
      cluster,
      namespace,
      name,
      service,
      port: port ?? null,
      hosts,
      managedByGateway,
      certificate: state,
      certificateMessage: message,
    }));
  });
}

/** Where Linkerd is installed, unless somebody says otherwise. */
const LINKERD = 'linkerd';

/**
 * What the mesh trusts, of all ConfigMaps of the name: Linkerd's own, or the
 * only one. Anybody may have made others.
 *
 * @returns none where that isn't known
 */
export function buildTrust(
  cluster: string,
  configMaps: Iterable<ObservedTrustRoots>,
): ClusterTrust[] {
  const all = [...configMaps];
  const own = all.find(({ namespace }) => namespace === LINKERD);
  if (own || all.length === 1) {
    const { roots, fault } = own ?? all[0];
    return [{ cluster, roots, fault: fault ?? null }];
  }
  if (all.length === 0) return [];
  const fault = `Its trust roots are in ${all.length} namespaces, and none of them is ${LINKERD}`;
  return [{ cluster, roots: [], fault }];
}
