import { Artifact } from './artifact';
import { Release } from './release';
import { Permit } from './request';

/** An artifact that can be released. @public */
export interface ReleaseCandidate {
  artifact: Artifact;
  /** Environments that run it now. */
  runsIn: string[];
  /** Whether its files can still be had from the artifact store. */
  stored: boolean;
  /** What is usually meant: what the environment before runs. */
  recommended: boolean;
}

/** An earlier release that can be gone back to. @public */
export interface RollbackCandidate {
  release: Release;
  /**
   * How long at a stretch clusters reported no failure of it, in seconds: in the
   * longest of the stays of its manifests; 0 where it failed until it was
   * replaced. Absent where clusters weren't watched all the while, so that
   * nobody knows.
   */
  healthyForSeconds?: number;
  /**
   * The last that stayed healthy for an hour; where none is known to, the last
   * that stood for an hour and of which nobody knows.
   */
  recommended: boolean;
}

/** What can be released to an environment, and gone back to. @public */
export interface ReleaseChoices {
  asOf: string;
  current?: Release;
  /** Newest first, at most 50. */
  candidates: ReleaseCandidate[];
  /** The cursor of older ones; absent where there are none. */
  nextCandidates?: string;
  /** Newest first, at most 10; the current one isn't among them. */
  rollbacks: RollbackCandidate[];
  /** The cursor of older ones; absent where there are none. */
  nextRollbacks?: string;
  /** Branches of the candidates, the main branch first. */
  branches: string[];
  /**
   * The environment that a promotion takes its build from: the last one before
   * that runs something, or, where none does, the one right before; absent for
   * the first.
   */
  promotesFrom?: string;
  ask: Permit;
}

/** Which artifacts that can be released a page shows. @public */
export interface CandidateQuery {
  /** A part of the id, commit, branch, author's name or message, without regard to case. */
  text?: string;
  before?: string;
}

/**
 * A page of artifacts that can be released, newest first, at most 50. The
 * choices tell which is recommended; none is here. One of a search may have
 * few, or none, and still a next one.
 *
 * @public
 */
export interface CandidatePage {
  asOf: string;
  items: ReleaseCandidate[];
  next?: string;
}

/**
 * A page of earlier releases, newest first, at most 10; one is recommended on
 * the first at most.
 *
 * @public
 */
export interface RollbackPage {
  asOf: string;
  items: RollbackCandidate[];
  next?: string;
}
