import { Artifact } from './artifact';
import { ServiceRef } from './serviceRef';

/**
 * How an artifact stands in one environment: it is there now, it was there,
 * or it never was.
 *
 * @public
 */
export interface ArtifactPlace {
  environment: string;
  status: 'current' | 'past' | 'never';
  /** When it was first recorded there, ISO 8601. */
  since?: string;
  /** When it was last replaced there, ISO 8601. */
  until?: string;
  /** What is there now, where that is another artifact. */
  currentArtifactId?: string;
}

/** A commit of a service's own repository that a build contains. @public */
export interface ContainedCommit {
  commit: string;
  /** The first line of its message. */
  title: string;
  /** The author's name. */
  author: string;
}

/** An artifact that a search found, and where it is. @public */
export interface CommitSearchMatch {
  service: ServiceRef;
  squad?: string;
  /** The squad's title in the catalog; absent where it has none, or isn't there. */
  squadTitle?: string;
  artifact: Artifact;
  /**
   * The commit that was looked for, where the artifact was built of another
   * one and is the first that contains it.
   */
  containedCommit?: ContainedCommit;
  places: ArtifactPlace[];
}

/**
 * The answer to "where is my commit?".
 *
 * @public
 */
export interface CommitSearchResult {
  asOf: string;
  query: string;
  /** How the query was read; `unclear` when it is neither a commit (7 to 40 hex digits) nor part of an artifact id. */
  readAs: 'commit' | 'artifact' | 'unclear';
  /** Newest first, at most 50. */
  matches: CommitSearchMatch[];
  more: boolean;
}
