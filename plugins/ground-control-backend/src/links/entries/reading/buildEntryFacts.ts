import { LinkCell } from '@ground-control/backstage-plugin-ground-control-common';
import { pairKey } from '../../../latency/book/pairKey';
import {
  ClusterIngress,
  ClusterLink,
  ClusterMirrored,
  ExportedService,
} from '../../store';
import { EntryFacts, HeardCluster } from '../decide/types';

/** What clusters and samples say, as rows. */
export interface EntryRows {
  heard: ReadonlyMap<string, HeardCluster>;
  links: ClusterLink[];
  exported: ExportedService[];
  mirrored: ClusterMirrored[];
  ingresses: ClusterIngress[];
  cells: LinkCell[];
}

/** Names have no control characters. */
const keyOf = (...names: string[]) => names.join('\0');

function group<T>(items: readonly T[], toKey: (item: T) => string) {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = toKey(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Finds in rows what entries ask for: there may be thousands of both. */
export function buildEntryFacts(rows: EntryRows): EntryFacts {
  const { heard } = rows;
  const links = group(rows.links, ({ target }) => target);
  const exported = group(
    rows.exported.filter(({ managedByGateway }) => managedByGateway),
    ({ cluster, service }) => keyOf(cluster, service),
  );
  const mirrored = group(
    rows.mirrored,
    ({ target, service, serviceNamespace }) =>
      keyOf(target, service, serviceNamespace),
  );
  const ingresses = group(
    rows.ingresses.filter(({ managedByGateway }) => managedByGateway),
    ({ cluster, namespace, service }) => keyOf(cluster, namespace, service),
  );
  const cells = new Map(
    rows.cells.map(cell => [pairKey(cell.from, cell.to), cell]),
  );
  const withoutLinks = [...heard]
    .filter(([, known]) => !known.links)
    .map(([cluster]) => cluster);
  return {
    heard: cluster => heard.get(cluster),
    linkedTo: target => (links.get(target) ?? []).map(({ cluster }) => cluster),
    linksKnown: cluster => withoutLinks.every(one => one === cluster),
    exported: (cluster, service, namespace) => {
      const found = exported.get(keyOf(cluster, service)) ?? [];
      return found.find(one => one.namespace === namespace) ?? found[0];
    },
    mirrored: ({ target, service, namespace }) =>
      mirrored.get(keyOf(target, service, namespace)) ?? [],
    ingress: (cluster, namespace, service) =>
      ingresses.get(keyOf(cluster, namespace, service))?.[0],
    cell: (from, to) => cells.get(pairKey(from, to)),
  };
}
