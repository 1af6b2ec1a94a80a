import type { Policies } from '../format/formatPolicies.ts';
import type { Identity, Intent, Vulnerabilities } from '../format/types.ts';
import type { Service } from '../company/types.ts';
import type { GatewayEntries } from '../gatewayEntries/types.ts';
import type { RandomState } from '../lib/random.ts';

/** One artifact of a service, as much as is needed to write it out. */
export interface Build {
  /** The artifact id. */
  id: string;
  branch: string;
  sha: string;
  planSha: string;
  author: Identity;
  committer: Identity;
  message: string;
  /** Number of the CI job. */
  number: number;
  /** Seconds since 1970, both. */
  startedAt: number;
  endedAt: number;
  tests: { passed: number; failed: number; skipped: number };
  codeVulnerabilities: Vulnerabilities;
  imageVulnerabilities: Vulnerabilities;
  /** Counts the changes of the service's own configuration. */
  configuration: number;
}

/** A commit object of a service's own repository. */
export interface SourceCommit {
  sha: string;
  /** As Git stores it. */
  body: string;
}

/** What a push brings to a service's own repository. */
export interface SourcePush {
  /** The commit that CI builds. */
  sha: string;
  /** New commits, parents first. */
  commits: SourceCommit[];
  /** Where branches stand now; null deletes one. */
  refs: Record<string, string | null>;
}

/** A service's own repository, as much as is needed to go on. */
export interface SourceState {
  /** Nothing before the first push. */
  master?: string;
  /** Branches that aren't merged, the one that was pushed to last comes last. */
  branches: Record<string, string>;
}

export interface ServiceState {
  /** Builds so far, whether or not they are still remembered. */
  count: number;
  configuration: number;
  tests: number;
  vulnerabilities: Vulnerabilities;
  /** Oldest first; what nothing refers to is forgotten after a while. */
  builds: Build[];
  /** Artifact id by environment. */
  current: Record<string, string>;
  /** The artifact ids before, newest first, by environment. */
  earlier: Record<string, string[]>;
  /** Ids that were rolled back and are not promoted again. */
  bad: string[];
  policies: Policies;
  source: SourceState;
}

interface PlannedBase {
  at: number;
  /** Breaks ties, so that the order never depends on the heap. */
  sequence: number;
  service: string;
}

/** Something that will happen, unless it has become pointless by then. */
export type Planned = PlannedBase &
  (
    | { kind: 'first-build' }
    | { kind: 'fix' }
    | { kind: 'auto-release'; environment: string; buildId: string }
    | { kind: 'release'; environment: string; buildId: string }
    | { kind: 'promote'; environment: string }
    | { kind: 'rollback'; environment: string; buildId: string }
  );

/** `Omit` that keeps the members of a union apart. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type PlannedWish = Without<Planned, 'sequence'>;

/** All that moves. It is plain JSON and is saved with the world. */
export interface SimulationState {
  /** Everything up to here has happened. */
  at: number;
  random: RandomState;
  sequence: number;
  queue: Planned[];
  nextBuildAt: number;
  nextHappeningAt: number;
  /** Builds and happenings in a busy hour. */
  buildsPerHour: number;
  happeningsPerHour: number;
  /** The newest commit of each language's plan. */
  plans: Record<string, { sha: string; changedAt: number }>;
  services: Record<string, ServiceState>;
  /** Of the gateway between the clouds; null while others left it unreadable. */
  gateway: GatewayEntries | null;
}

/** One file changed by a commit. */
export type Change =
  | { kind: 'folder'; path: string; files: { name: string; content: string }[] }
  | {
      kind: 'file';
      path: string;
      content: string;
      executable?: boolean;
      /** The content is where a symbolic link points to. */
      link?: boolean;
    }
  | { kind: 'delete'; path: string };

/** A commit of the config repository before Git has it. */
export interface Commit {
  author: Identity;
  committer: Identity;
  /** Seconds since 1970; the zone is as Git writes it, such as `+0200`. */
  at: number;
  zone: string;
  message: string;
  changes: Change[];
  /**
   * Makes this the merge of a pull request: a commit with the same changes on
   * a side branch that began some commits before, and its message and time.
   */
  merges?: { message: string; at: number };
}

export interface BuildEvent {
  type: 'build';
  at: number;
  service: Service;
  build: Build;
  /** Absent when a commit is built again. */
  push?: SourcePush;
}

export interface ReleaseEvent {
  type: 'release';
  at: number;
  service: Service;
  environment: string;
  build: Build;
  intent: Intent;
  releaser: Identity;
}

/** A commit of the config repository that is no release. */
export interface CommitEvent {
  type: 'commit';
  at: number;
  commit: Commit;
}

export type WorldEvent = BuildEvent | ReleaseEvent | CommitEvent;
