import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import {
  Ambiguity,
  CatalogComponent,
  DerivedService,
  KnownService,
} from './types';

/** What services are derived from. */
export interface ServiceFacts {
  known: KnownService[];
  components: CatalogComponent[];
  /** Entity refs of all Groups of the catalog. */
  squadRefs: Iterable<string>;
}

/** What entity names may look like; anything else can't name a Group. */
const ENTITY_NAME = /^[a-z0-9]([-_.a-z0-9]{0,61}[a-z0-9])?$/;

/** Finds the Group that an artifact's `squad` means. */
export function createSquadFinder(squadRefs: Iterable<string>) {
  const byName = new Map<string, string>();
  const rank = (ref: string) => (ref.startsWith('group:default/') ? 0 : 1);
  const sorted = [...squadRefs].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  );
  for (const ref of sorted) {
    const name = ref.slice(ref.lastIndexOf('/') + 1);
    if (!byName.has(name)) byName.set(name, ref);
  }
  return (squad?: string): string | undefined => {
    const name = squad?.trim().toLowerCase();
    if (!name || !ENTITY_NAME.test(name)) return undefined;
    return byName.get(name) ?? `group:default/${name}`;
  };
}

/** More exact claims first: with namespace, then by annotation, then by name. */
function compareClaims(a: CatalogComponent, b: CatalogComponent): number {
  const rank = (component: CatalogComponent) => {
    if (component.namespace) return 0;
    const name = component.entityRef.split('/').pop();
    return component.service.toLowerCase() === name ? 2 : 1;
  };
  return rank(a) - rank(b) || (a.entityRef < b.entityRef ? -1 : 1);
}

/** Which of the services of one name a Component is. */
function assignComponents(
  name: string,
  known: KnownService[],
  components: CatalogComponent[],
) {
  const claims = new Map<string, CatalogComponent[]>();
  const ambiguities: Ambiguity[] = [];
  const claim = (namespace: string, component: CatalogComponent) =>
    claims.set(namespace, [...(claims.get(namespace) ?? []), component]);
  // What is released counts before what is only built.
  const namespaces = [...known]
    .sort(
      (a, b) =>
        Number(b.released) - Number(a.released) ||
        (a.namespace < b.namespace ? -1 : 1),
    )
    .map(service => service.namespace);
  const sorted = [...components].sort(compareClaims);
  for (const component of sorted.filter(c => c.namespace)) {
    claim(component.namespace!, component);
  }
  const free = namespaces.filter(namespace => !claims.has(namespace));
  for (const component of sorted.filter(c => !c.namespace)) {
    const [namespace = namespaces[0] ?? ''] = free;
    claim(namespace, component);
    if (free.length > 1) {
      ambiguities.push({
        namespace,
        name,
        message: `${
          component.entityRef
        } names the service ${name}, which stands in ${
          free.length
        } namespaces (${[...free]
          .map(text => text || 'none')
          .sort()
          .join(', ')}); ${
          namespace || 'none'
        } was taken. Give the Component the annotation ground-control.dev/service with the namespace in it.`,
      });
    }
  }
  for (const [namespace, claimants] of claims) {
    const [first, ...others] = claimants;
    if (others.length > 0) {
      const ref = formatServiceRef({ namespace, name });
      ambiguities.push({
        namespace,
        name,
        message: `${
          claimants.length
        } Components are the service ${ref}: ${claimants
          .map(c => c.entityRef)
          .join(', ')}. ${
          first.entityRef
        } was taken. Give each Component its own service by the annotation ground-control.dev/service.`,
      });
    }
  }
  const owners = new Map(
    [...claims].map(([namespace, [first]]) => [namespace, first]),
  );
  return { owners, ambiguities };
}

function deriveService(
  name: string,
  namespace: string,
  known: KnownService | undefined,
  component: CatalogComponent | undefined,
  findSquad: (squad?: string) => string | undefined,
): DerivedService {
  const owner = component?.ownerRef?.startsWith('group:')
    ? component.ownerRef
    : undefined;
  const ofArtifact = findSquad(known?.artifactSquad);
  const service: DerivedService = {
    namespace,
    name,
    squadSource: 'none',
    inRepository: known?.released ?? false,
    inCatalog: component !== undefined,
  };
  if (owner) {
    service.squadRef = owner;
    service.squadSource = 'catalog';
    if (ofArtifact && ofArtifact !== owner) {
      service.artifactSquadRef = ofArtifact;
    }
  } else if (ofArtifact) {
    service.squadRef = ofArtifact;
    service.squadSource = 'artifact';
  }
  if (component) service.entityRef = component.entityRef;
  return service;
}

function groupByName<T>(items: T[], nameOf: (item: T) => string) {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group) group.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}

/**
 * Joins what catalog, config repository and artifact store know of services.
 * A service's squad is its owner in the catalog, or else what its newest
 * artifact says.
 *
 * Services of different names have nothing to do with each other: deriving
 * those of some names, given all facts of these names, is the same as deriving
 * all and taking those.
 */
export function deriveServices(facts: ServiceFacts): {
  services: DerivedService[];
  ambiguities: Ambiguity[];
} {
  const findSquad = createSquadFinder(facts.squadRefs);
  const knownByName = groupByName(facts.known, service => service.name);
  const componentsByName = groupByName(facts.components, c => c.service);
  const services: DerivedService[] = [];
  const ambiguities: Ambiguity[] = [];
  for (const name of new Set([
    ...knownByName.keys(),
    ...componentsByName.keys(),
  ])) {
    const known = knownByName.get(name) ?? [];
    const assigned = assignComponents(
      name,
      known,
      componentsByName.get(name) ?? [],
    );
    ambiguities.push(...assigned.ambiguities);
    const knownIn = new Map(known.map(service => [service.namespace, service]));
    for (const namespace of new Set([
      ...knownIn.keys(),
      ...assigned.owners.keys(),
    ])) {
      services.push(
        deriveService(
          name,
          namespace,
          knownIn.get(namespace),
          assigned.owners.get(namespace),
          findSquad,
        ),
      );
    }
  }
  return { services, ambiguities };
}
