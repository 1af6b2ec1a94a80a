import {
  DEFAULT_NAMESPACE,
  Entity,
  parseEntityRef,
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  RELATION_OWNED_BY,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  ANNOTATION_LEADS,
  ANNOTATION_SERVICE,
  parseServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  CallRelation,
  CatalogComponent,
  CatalogRelation,
  CatalogSquad,
} from './types';

/** The parts of an entity that are read. */
export const ENTITY_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.owner',
  'spec.profile.displayName',
  'relations',
];

/** Longer ones don't fit a column, and name nothing in Kubernetes. */
const LONGEST_NAME = 253;
const LONGEST_TITLE = 255;
const LONGEST_REF = 255;
/** Nobody reads more of one Component, and each is a row. */
const MOST_RELATIONS = 200;

/** What its target has to be for a relation to be one of calls. */
const CALL_RELATIONS: Record<CallRelation, string> = {
  [RELATION_DEPENDS_ON]: 'component:',
  [RELATION_CONSUMES_API]: 'api:',
  [RELATION_PROVIDES_API]: 'api:',
};

/** Annotations are free text: anything may stand there. */
function isPlausibleName(text: string): boolean {
  return text.length <= LONGEST_NAME && !/\p{C}/u.test(text);
}

function parseRef(text: string, defaultKind: string, namespace: string) {
  try {
    return stringifyEntityRef(
      parseEntityRef(text.trim(), { defaultKind, defaultNamespace: namespace }),
    );
  } catch {
    // People write these by hand; one that can't be read names nobody.
    return undefined;
  }
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

function parseOwner(entity: Entity, namespace: string): string | undefined {
  const relation = entity.relations?.find(r => r.type === RELATION_OWNED_BY);
  if (relation) {
    return relation.targetRef.toLowerCase();
  }
  const owner = readText(entity.spec?.owner);
  return owner && parseRef(owner, 'group', namespace);
}

function parseRelations(entity: Entity): CatalogRelation[] {
  const found = new Map<string, CatalogRelation>();
  for (const { type, targetRef } of entity.relations ?? []) {
    const ref = targetRef.toLowerCase();
    const isOfCalls =
      Object.hasOwn(CALL_RELATIONS, type) &&
      ref.startsWith(CALL_RELATIONS[type as CallRelation]);
    if (!isOfCalls || ref.length > LONGEST_REF || /\p{C}/u.test(ref)) continue;
    const relation = type as CallRelation;
    found.set(`${relation} ${ref}`, { relation, targetRef: ref });
  }
  return [...found.values()].slice(0, MOST_RELATIONS);
}

/** A Component as a service; undefined when it is none. */
export function parseComponent(entity: Entity): CatalogComponent | undefined {
  const annotation = readText(
    entity.metadata.annotations?.[ANNOTATION_SERVICE],
  );
  if (!annotation && entity.spec?.type !== 'service') {
    return undefined;
  }
  // An annotation that can't be read leaves the name: the service is shown,
  // though perhaps as one that only the catalog knows.
  const annotated = annotation ? parseServiceRef(annotation) : undefined;
  const named =
    annotated &&
    isPlausibleName(annotated.name) &&
    isPlausibleName(annotated.namespace)
      ? annotated
      : { namespace: '', name: entity.metadata.name };
  const component: CatalogComponent = {
    entityRef: stringifyEntityRef(entity),
    service: named.name,
  };
  const ownerRef = parseOwner(
    entity,
    entity.metadata.namespace ?? DEFAULT_NAMESPACE,
  );
  if (named.namespace) component.namespace = named.namespace;
  const relations = parseRelations(entity);
  if (ownerRef) component.ownerRef = ownerRef;
  if (relations.length > 0) component.relations = relations;
  return component;
}

/** A Group as a squad. */
export function parseSquad(entity: Entity): CatalogSquad {
  const profile = entity.spec?.profile as { displayName?: unknown } | undefined;
  const namespace = entity.metadata.namespace ?? DEFAULT_NAMESPACE;
  const leads = (entity.metadata.annotations?.[ANNOTATION_LEADS] ?? '')
    .split(',')
    .filter(text => text.trim())
    .flatMap(text => parseRef(text, 'user', namespace) ?? []);
  return {
    ref: stringifyEntityRef(entity),
    title: (
      readText(profile?.displayName) ??
      readText(entity.metadata.title) ??
      entity.metadata.name
    ).slice(0, LONGEST_TITLE),
    leads: [...new Set(leads)],
  };
}
