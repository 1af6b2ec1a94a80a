import { Person } from './artifact';
import { ReleaseIntent } from './release';
import { ServiceRef } from './serviceRef';

/**
 * What a commit of the config repository did.
 *
 * - `release`: it changed what is released of at least one service, be it for
 *   an environment that isn't configured.
 * - `policy`: it changed release-manager's or Ground Control's policies.
 * - `manifest`: it changed manifests of a release without changing its artifact.
 * - `other`: anything else.
 *
 * @public
 */
export type ActivityKind = 'release' | 'policy' | 'manifest' | 'other';

/** What a commit did to one service. @public */
export interface ActivityService {
  service: ServiceRef;
  squad?: string;
  environment?: string;
  intent?: ReleaseIntent;
  artifactId?: string;
  /** No decision of ours stands behind it, and one was needed. */
  notApprovedHere?: boolean;
  /** What the catalog lacks now: the service, or the squad that owns it. */
  notInCatalog?: 'service' | 'squad';
}

/** A commit of the config repository. @public */
export interface Activity {
  position: number;
  revision: string;
  revisionUrl?: string;
  /** The committer date, ISO 8601. */
  committedAt: string;
  kind: ActivityKind;
  /** The first line of the message, at most 300 characters. */
  title: string;
  /** Who released, or else the commit's author. */
  by: Person;
  /** The services it touched that the reader may see, at most 20. */
  services: ActivityService[];
  /** How many more it touched that the reader may see. */
  moreServices?: number;
  /** Its title has a release's form, but it released nothing. */
  onlyLooksLikeRelease?: boolean;
  /**
   * It releases to this environment, which wasn't configured when the commit
   * was read: that release is shown nowhere.
   */
  unknownEnvironment?: string;
}

/** A page of commits, newest first. @public */
export interface ActivityPage {
  asOf: string;
  items: Activity[];
  /** Give it as `before` for the next page; absent on the last. */
  next?: string;
}
