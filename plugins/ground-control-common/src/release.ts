import { Artifact, Person } from './artifact';
import { ServiceCluster } from './cluster';
import { Problem } from './problem';
import { ServiceRef } from './serviceRef';

/**
 * What kind of release a commit records.
 *
 * - `hand-edit`: somebody changed the service's `artifact.json` without a
 *   release message.
 * - `removed`: the service's folder was deleted from the environment.
 *
 * @public
 */
export type ReleaseIntent =
  | 'release-artifact'
  | 'release-branch'
  | 'promote'
  | 'rollback'
  | 'auto-release'
  | 'hand-edit'
  | 'removed';

/**
 * An artifact recorded for a service in an environment by a commit of the
 * config repository.
 *
 * @public
 */
export interface Release {
  service: ServiceRef;
  environment: string;
  /** Position and commit in the config repository; (environment, position) names the release. */
  position: number;
  revision: string;
  /** The commit at the config repository's Git host, where configured. */
  revisionUrl?: string;
  /** The committer date, ISO 8601. */
  releasedAt: string;
  /** When the next release replaced it, ISO 8601; absent while it is current. */
  replacedAt?: string;
  intent: ReleaseIntent;
  releasedBy?: Person;
  /** Of a promotion: the environment it came from. */
  fromEnvironment?: string;
  /** Of a release of a branch. */
  ofBranch?: string;
  /** Of a rollback: the artifact that was left. */
  leftArtifactId?: string;
  /** Absent when the artifact can't be read, or was removed. */
  artifact?: Artifact;
  /** Only the plan differs from the release before: same application commit. */
  planOnly?: boolean;
  /** Why it counts as not approved here, as a sentence; absent where it was, or needn't be. */
  notApprovedHere?: string;
  problems: Problem[];
}

/** A page of releases, newest first. @public */
export interface ReleasePage {
  asOf: string;
  items: Release[];
  /** Give it as `before` for the next page; absent on the last. */
  next?: string;
}

/** A link to another tool, made from a URL template in config. @public */
export interface ToolLink {
  title: string;
  /** `logs`, `ci`, `dashboard`, `traces` or `other`. */
  kind: string;
  url: string;
}

/** How a service stands in one environment. @public */
export interface ServiceEnvironment {
  environment: string;
  current?: Release;
  /** Builds between this environment's artifact and the one before it; absent where unknown. */
  behind?: number;
  /** Commits that the environment before has and this one lacks; absent where no source history tells them. */
  behindCommits?: number;
  /** The environment that `behind` and `behindCommits` are counted from. */
  behindOf?: string;
  /** The environment's clusters, in the configured order; empty where none is configured or nothing is released. */
  clusters: ServiceCluster[];
  links: ToolLink[];
}

/** A service and where it stands. @public */
export interface ServiceDetail {
  asOf: string;
  service: ServiceRef;
  /** Entity ref of the squad's Group; absent where neither catalog nor artifact names one. */
  squad?: string;
  /** The squad's title in the catalog; absent where it has none, or isn't there. */
  squadTitle?: string;
  presence: Presence;
  entityRef?: string;
  /** The squad that the artifact names, where it isn't the catalog's owner. */
  artifactSquad?: string;
  environments: ServiceEnvironment[];
  problems: Problem[];
}

/**
 * Where a service is known: in the catalog and the config repository, or in
 * one alone.
 *
 * @public
 */
export type Presence = 'both' | 'repository-only' | 'catalog-only';
