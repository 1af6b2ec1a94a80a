import { Artifact } from './artifact';
import { ServiceRef } from './serviceRef';

/**
 * How an artifact stands in one environment: it is there now, another build is
 * there now that holds its commit (`contained`), it was there, or it never was.
 *
 * @public
 */
export interface ArtifactPlace {
  environment: string;
  status: 'current' | 'contained' | 'past' | 'never';
  /**
   * When it was first recorded there, itself or, unless it is `current`, inside
   * another build, ISO 8601. Of `contained`, the first release from which on
   * each one held it.
   */
  since?: string;
  /** When what held it was last replaced there, ISO 8601. */
  until?: string;
  /** What is there now, where that is another artifact. */
  currentArtifactId?: string;
  /**
   * Where no source history tells that the other builds hold it: they are later
   * ones of the main branch. Only of `contained` and `past`.
   */
  inferred?: boolean;
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
  /**
   * How the query was read; `unclear` when it can be neither a commit (7 to 64
   * hex digits) nor the beginning of an artifact id (3 characters, no blanks).
   */
  readAs: 'commit' | 'artifact' | 'unclear';
  /** Newest first, at most 50. */
  matches: CommitSearchMatch[];
  more: boolean;
}
