import { Knex } from 'knex';
import { ServiceAccess } from '../permissions';

/** What a read needs: where, and for whom. */
export interface ReadContext {
  knex: Knex;
  repository: string;
  services: ServiceAccess;
}

/** A URL template of config; see `config.d.ts`. */
export interface LinkTemplate {
  title: string;
  kind: string;
  url: string;
  environments?: string[];
}

/** What config says of how releases are shown. */
export interface ReleasesSettings {
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  /** The branch of services that needs no mention. */
  mainBranch: string;
  /** A commit of the config repository at its Git host, with `{revision}`. */
  commitUrl?: string;
  links: LinkTemplate[];
  /** How often the catalog is read. */
  catalogIntervalMs: number;
}

/** A row of `services`. */
export interface ServiceRow {
  namespace: string;
  service: string;
  squad_ref: string | null;
  squad_source: string;
  artifact_squad_ref: string | null;
  entity_ref: string | null;
  in_repository: boolean | number;
  in_catalog: boolean | number;
}

/** A row of `problems`. */
export interface ProblemRow {
  code: string;
  message: string;
  path: string | null;
  environment: string | null;
  namespace: string | null;
  service: string | null;
  position: number | null;
  since: number | string;
}
