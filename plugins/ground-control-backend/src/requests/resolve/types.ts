import {
  Artifact,
  Permit,
  ReleaseWish,
  RequestIntent,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  ArtifactFile,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { ReadsFiles } from '../../artifacts';

/** What somebody wishes for, or a policy of the service releases by itself. */
export type Wish =
  | ReleaseWish
  | {
      service: ServiceRef;
      environment: string;
      intent: 'auto-release';
      artifactId: string;
      branch: string;
    };

/** The release that is current by the config repository, as it was read last. */
export interface CurrentRelease {
  position: number;
  revision: string;
  /** Milliseconds since 1970. */
  releasedAt: number;
  /** Git tree of its folder. */
  tree?: string;
  artifactId?: string;
  artifact?: Artifact;
}

/** Whose a service is, as of now. */
export interface Owner {
  /** Entity ref of the squad's Group, in lower case. */
  squadRef?: string;
  /** Where an artifact names another squad than the catalog does. */
  artifactSquadRef?: string;
}

/** What exactly would be released. */
export interface ResolvedRelease extends Owner {
  service: ServiceRef;
  environment: string;
  intent: RequestIntent;
  /** As the files that are to be written say. */
  artifact: Artifact;
  /** Of the files; of a rollback, the git tree. */
  digest: string;
  fromEnvironment?: string;
  ofBranch?: string;
  /** Of a rollback: the artifact that is left. */
  leftArtifactId?: string;
  /** Of a rollback: the release that is gone back to. */
  rollback?: { revision: string; position: number };
  current?: CurrentRelease;
  /** The last commit that edited the service there by hand. */
  editRevision?: string;
}

/** Why a wish can't be asked for. */
export type Refusal = Extract<Permit, { allowed: false }>;

export type Resolution =
  | {
      kind: 'release';
      release: ResolvedRelease;
      /** What would be written; of a rollback the tree alone says it. */
      files?: ArtifactFile[];
    }
  | { kind: 'refused'; refusal: Refusal };

/** What wishes are resolved with. */
export interface ResolveOptions {
  knex: Knex;
  repository: string;
  layout: Layout;
  /** In the order of promotion. */
  environments: string[];
  mainBranch: string;
  /** Absent where none is configured. */
  store?: ReadsFiles;
  /** Whether the config repository may be written. */
  canWrite: boolean;
}
