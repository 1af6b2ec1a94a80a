import {
  ClusterServiceState,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ServiceCalls } from '../../links/calls/types';
import { EnvironmentRules, Ruled } from '../rules';
import { PolicyFileFault } from '../file';
import { ReleaseToJudge } from '../types';

/** The restrictions of the environment's branches, or why they can't be told. */
export type BranchFacts =
  | { restrictions: Ruled<string>[] }
  | { fault: string; path: string };

/** A stay of the artifact in the environment before; times are milliseconds since 1970. */
export interface Stay {
  from: number;
  /** Absent while it is current. */
  to?: number;
  /**
   * How long at a stretch clusters reported no failure of it; 0 where it
   * failed, or never ran. Absent where they weren't watched all the while.
   */
  healthyMs?: number;
}

/** How the artifact does, or did, in the environment before. */
export interface SoakFacts {
  /**
   * The nearest environment before in which the service ever had a release, or
   * else the nearest. Absent for the first environment.
   */
  before?: string;
  /** Newest first. */
  stays: Stay[];
  /** Of the stay that goes on: the clusters that carry the environment. */
  clusters: Array<{
    cluster: string;
    state: ClusterServiceState;
    since?: number;
    /** Of the pods that there are; absent where they weren't counted. */
    restarts?: number;
  }>;
  /** No cluster is known to carry it; how long it stood is all that counts. */
  unwatched?: boolean;
  /** Nobody asked for it, and nothing was read. */
  unread?: boolean;
}

/** What is known of the release that a rollback goes back to. */
export interface RollbackFacts extends Stay {
  /** It is the artifact that is asked for. */
  sameArtifact: boolean;
  /** It came by a request of ours: how that ended. */
  request?: 'succeeded' | 'failed' | 'under-way';
  /** It is one that nobody approved here. */
  unapproved: boolean;
}

/** All that the built-in policies decide on. */
export interface PolicyFacts {
  /** Milliseconds since 1970. */
  now: number;
  release: ReleaseToJudge;
  rules: EnvironmentRules;
  /** What of `ground-control.yaml` can't be read, of this service. */
  fileFault?: PolicyFileFault;
  branch: BranchFacts;
  soak: SoakFacts;
  /** Empty where no rule asks for links. */
  links: ServiceCalls;
}

/** What one policy says, without its name. */
export type Saying = Omit<Verdict, 'policy'>;

/** A built-in policy: a pure decision; undefined where it has nothing to say. */
export type Decide = (facts: PolicyFacts) => Saying | undefined;
