import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { ClusterEntry } from './types';

/** Where the service account of the pod that we run in stands. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What the kinds of places say; where several speak of a cluster, the earlier wins. */
export interface EntriesToJoin {
  own: ClusterEntry[];
  backstage: ClusterEntry[];
  catalog: ClusterEntry[];
  /** Whether the catalog's clusters are clusters to watch, or only say more of others. */
  usesCatalog: boolean;
  /** Whether we run in a cluster ourselves. */
  inCluster: boolean;
}

/** Drops what isn't said, so that it doesn't cover what another says. */
function said(entry: ClusterEntry | undefined): Partial<ClusterEntry> {
  return Object.fromEntries(
    Object.entries(entry ?? {}).filter(([, value]) => value !== undefined),
  );
}

function hasAddress({ url, auth }: ClusterEntry): boolean {
  return (
    url !== undefined ||
    auth?.kind === 'kubeconfig' ||
    auth?.kind === 'inCluster'
  );
}

/** As Backstage does: without a token, our own service account's is shown. */
function withAuth(entry: ClusterEntry, isOurs: boolean): ClusterDefinition {
  if (entry.auth) return { ...entry, auth: entry.auth };
  if (!isOurs) return { ...entry, auth: { kind: 'none' } };
  const hasAuthority = entry.caData || entry.caFile || entry.skipTlsVerify;
  return {
    ...entry,
    ...(hasAuthority ? {} : { caFile: `${SERVICE_ACCOUNT}/ca.crt` }),
    auth: { kind: 'tokenFile', path: `${SERVICE_ACCOUNT}/token` },
  };
}

/**
 * Where a cluster is, and how it proves that it is it, as one place says:
 * whoever may change the address could otherwise have our credentials sent
 * elsewhere. The catalog is such a place only where config says so.
 */
function pickAddress(entries: (ClusterEntry | undefined)[]): {
  address: Partial<ClusterEntry>;
  at: number;
} {
  const at = entries.findIndex(entry => entry?.url !== undefined);
  const { url, caData, caFile, skipTlsVerify } = said(entries[at]);
  return {
    at,
    address: said({ name: '', url, caData, caFile, skipTlsVerify }),
  };
}

/**
 * Joins what is said of clusters by name: ours first and in its order, then
 * Backstage's config, then the catalog.
 *
 * @returns with `without`, clusters that nobody gave an address
 */
export function joinEntries(options: EntriesToJoin): {
  definitions: ClusterDefinition[];
  without: string[];
} {
  const { own, backstage, catalog, usesCatalog, inCluster } = options;
  const find = (entries: ClusterEntry[], name: string) =>
    entries.find(entry => entry.name === name);
  const names = new Set(
    [...own, ...backstage, ...(usesCatalog ? catalog : [])].map(
      ({ name }) => name,
    ),
  );
  const definitions: ClusterDefinition[] = [];
  const without: string[] = [];
  for (const name of names) {
    const places = [
      find(own, name),
      find(backstage, name),
      find(catalog, name),
    ];
    const { entityRef, provider, region, environment } = places[2] ?? {};
    const { address, at } = pickAddress(
      usesCatalog ? places : places.slice(0, 2),
    );
    const entry = {
      ...said({ name, entityRef, provider, region, environment }),
      ...said({ name, auth: places[1]?.auth }),
      ...address,
      ...said(places[0]),
      name,
    };
    if (hasAddress(entry)) {
      definitions.push(withAuth(entry, inCluster && at < 2));
    } else {
      without.push(name);
    }
  }
  return { definitions, without };
}
