import {
  Artifact,
  Person,
  ReleaseIntent,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ArtifactFile } from '../artifactStore';
import { TreeChange } from '../git/writing';

/**
 * A service's place in an environment of the config repository. `folder` is
 * what stands in the path for the namespace.
 *
 * @public
 */
export interface LayoutPlace {
  environment: string;
  folder: string;
  service: string;
}

/**
 * What a path of the config repository is.
 *
 * - `artifact`: the file that says which artifact is released.
 * - `release-folder`: the folder that holds all of a release.
 * - `manifest`: any other file of a release, or one made from it elsewhere.
 * - `environment-folder`: the folder of all releases of an environment.
 * - `policy`: a file of policies; of one service where it is named.
 *
 * @public
 */
export type LayoutPath =
  | ({ kind: 'artifact' | 'release-folder' | 'manifest' } & LayoutPlace)
  | { kind: 'environment-folder'; environment: string }
  | { kind: 'policy'; service?: string }
  | { kind: 'other' };

/** What a commit message says of a release. @public */
export interface ReleaseMessage {
  environment: string;
  service: string;
  artifactId: string;
  intent: Exclude<ReleaseIntent, 'hand-edit' | 'removed'>;
  /** The name may be empty where only an address is known. */
  releasedBy?: Person;
  fromEnvironment?: string;
  ofBranch?: string;
  leftArtifactId?: string;
}

/**
 * Why a file can't be used. `message` says what is wrong with it and what to
 * do, for people, without quoting the file.
 *
 * @public
 */
export interface FileFault {
  fault: string;
}

/** A release to be recorded by a commit. @public */
export interface ReleaseToWrite {
  environment: string;
  service: string;
  artifactId: string;
  intent: ReleaseMessage['intent'];
  releasedBy: Person;
  createdBy: Person;
  fromEnvironment?: string;
  ofBranch?: string;
  leftArtifactId?: string;
  /** Trailers of ours, after the layout's own; values are of one line. */
  trailers: Array<[key: string, value: string]>;
}

/** What a service's own policy file says. @public */
export interface ServicePolicies {
  autoReleases: Array<{ branch: string; environment: string }>;
  /** RE2, unanchored. */
  branchRestrictions: Array<{ branchRegex: string; environment: string }>;
}

/**
 * How a config repository lays out releases. A layout is pure: it reads texts
 * and paths, and never touches git or a database. None of its functions throws
 * on any input.
 *
 * @public
 */
export interface Layout {
  /** Named in configuration. */
  id: string;
  /** Grows when the same repository reads differently: it is then read anew. */
  format: number;
  readPath(path: string): LayoutPath;
  /** The pair of readPath for the file that says which artifact is released. */
  formatArtifactPath(place: LayoutPlace): string;
  /** The pair of readPath for a service's policies. */
  formatPolicyPath(service: string): string;
  /** The artifact's namespace as the path tells it; may be empty. */
  readNamespace(place: LayoutPlace): string;
  /** What a message claims; whether to believe it is decided elsewhere. */
  readMessage(message: string): ReleaseMessage | undefined;
  readArtifact(content: Buffer): Artifact | FileFault;
  /** @returns what is wrong with a policy file, or undefined */
  findPolicyFault(content: Buffer, service?: string): FileFault | undefined;
  /** The place of a service in an environment: the pair of readNamespace. */
  formatPlace(environment: string, service: ServiceRef): LayoutPlace;
  /** The folder that holds all of a release. */
  formatReleaseFolder(place: LayoutPlace): string;
  /** Files outside of that folder that a release writes too. */
  formatOtherPaths(place: LayoutPlace): string[];
  /** What a release of these files changes, or why they can't be released. */
  planRelease(
    place: LayoutPlace,
    files: ArtifactFile[],
  ): TreeChange[] | FileFault;
  /**
   * What going back changes.
   *
   * @param earlier - the git tree of the earlier release's folder, and the
   * objects that stood at formatOtherPaths then, by path
   */
  planRollback(
    place: LayoutPlace,
    earlier: {
      tree: string;
      others: Array<{
        path: string;
        mode: '100644' | '100755';
        object: string;
      }>;
    },
  ): TreeChange[];
  /** The whole message of the commit, which readMessage reads back. */
  formatReleaseMessage(release: ReleaseToWrite): string;
  /** The pair of formatPolicies; an empty file has none. */
  readPolicies(content: Buffer, service: string): ServicePolicies | FileFault;
  formatPolicies(service: string, policies: ServicePolicies): Buffer;
}
