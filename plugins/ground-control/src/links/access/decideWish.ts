import {
  AccessWish,
  formatServiceRef,
  GatewayEntry,
  parseServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Stands among clusters for what lies outside of the mesh. */
export const OUTSIDE = '';

/** What somebody who asks for access fills in. */
export interface AccessFields {
  /** As `formatServiceRef` writes it. */
  service: string;
  kind: AccessWish['kind'];
  name: string;
  /** Of an ingress. */
  namespace: string;
  /** Of an ingress. */
  port: string;
  /** Of a target. */
  dnsName: string;
  cluster: string;
  /** Clusters, or {@link OUTSIDE} alone. */
  from: string[];
  squad: string;
}

export const EMPTY_FIELDS: AccessFields = {
  service: '',
  kind: 'ingress',
  name: '',
  namespace: '',
  port: '',
  dnsName: '',
  cluster: '',
  from: [],
  squad: '',
};

/** What has to be filled in before it can be said what it would come to. */
export type Missing = Exclude<keyof AccessFields, 'kind' | 'squad'> | 'entry';

/** The service of a name; one that isn't listed counts where nothing is. */
export function findService(
  text: string,
  services: ServiceRef[] | undefined,
): ServiceRef | undefined {
  const name = text.trim();
  const found = services
    ? services.find(one => formatServiceRef(one) === name)
    : parseServiceRef(name);
  return found && { namespace: found.namespace, name: found.name };
}

const LAST_PORT = 65_535;

/** The wish that the fields stand for, or the first that is missing. */
export function decideWish(
  fields: AccessFields,
  services: ServiceRef[] | undefined,
): AccessWish | Missing {
  const { cluster, kind } = fields;
  const service = findService(fields.service, services);
  const [name, namespace, dnsName, squad] = [
    fields.name,
    fields.namespace,
    fields.dnsName,
    fields.squad,
  ].map(text => text.trim());
  const port = Number(fields.port);
  const isTarget = kind === 'target';
  const from = fields.from.filter(
    one => one !== cluster && !(isTarget && one === OUTSIDE),
  );
  if (!service) return 'service';
  if (!name) return 'name';
  if (isTarget && !dnsName) return 'dnsName';
  if (!isTarget && !namespace) return 'namespace';
  if (!isTarget && !(Number.isInteger(port) && port > 0 && port <= LAST_PORT)) {
    return 'port';
  }
  if (!cluster) return 'cluster';
  if (!from.length) return 'from';
  return {
    kind,
    change: 'add',
    service,
    name,
    cluster,
    from: from.filter(one => one !== OUTSIDE),
    ...(isTarget ? { dnsName } : { namespace, port }),
    ...(squad && { squad }),
  };
}

/** The wish to be rid of an entry, or what is missing of it. */
export function decideRemoval(
  entry: GatewayEntry | undefined,
  text: string,
  services: ServiceRef[] | undefined,
): AccessWish | Missing {
  if (!entry) return 'entry';
  const service = findService(text, services);
  if (!service) return 'service';
  const { kind, name, cluster, links, namespace } = entry;
  return {
    kind,
    change: 'remove',
    service,
    name,
    cluster,
    from: links.map(({ from }) => from),
    ...(kind === 'ingress' && { namespace: namespace ?? '' }),
  };
}
