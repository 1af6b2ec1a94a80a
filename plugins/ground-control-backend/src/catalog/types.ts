/** A Group of the catalog; a row of `squads`. */
export interface CatalogSquad {
  /** Entity ref, in lower case. */
  ref: string;
  title: string;
  /** Entity refs of users or groups. */
  leads: string[];
}

/** Relations of the catalog that say who may call whom. */
export type CallRelation = 'dependsOn' | 'consumesApi' | 'providesApi';

/** A relation of a Component; a row of `catalog_relations`. */
export interface CatalogRelation {
  relation: CallRelation;
  /** Entity ref, in lower case. */
  targetRef: string;
}

/** A Component of the catalog that is a service; a row of `catalog_components`. */
export interface CatalogComponent {
  /** In lower case. */
  entityRef: string;
  /** Undefined when the catalog names only the service. */
  namespace?: string;
  service: string;
  /** Entity ref of the owner, in lower case; of any kind. */
  ownerRef?: string;
  /** What it may call, and how it may be called; absent without any. */
  relations?: CatalogRelation[];
}

/** All that the catalog says of squads and services. */
export interface CatalogContent {
  squads: CatalogSquad[];
  components: CatalogComponent[];
}

/** A service that the config repository or the artifact store knows. */
export interface KnownService {
  namespace: string;
  name: string;
  /** It has a release in some environment now. */
  released: boolean;
  /** As the newest artifact names it. */
  artifactSquad?: string;
}

/** What is derived of a service; a row of `services`. */
export interface DerivedService {
  namespace: string;
  name: string;
  squadRef?: string;
  squadSource: 'catalog' | 'artifact' | 'none';
  /** Where it differs from the catalog's owner. */
  artifactSquadRef?: string;
  entityRef?: string;
  inRepository: boolean;
  inCatalog: boolean;
}

/** Components whose service isn't clear; one of them was taken. */
export interface Ambiguity {
  namespace: string;
  name: string;
  message: string;
}
