import { ServiceRef } from './serviceRef';

/**
 * Something in the config repository, artifact store or catalog that can't be
 * used as it is.
 *
 * @public
 */
export interface Problem {
  /** Machine-readable: `artifact-invalid`, `artifact-too-large`, `policy-invalid`, `name-invalid`, `title-only-looks-like-release`, … */
  code: string;
  /** What happened, why, and what to do, for people. */
  message: string;
  /** The file, relative to the config repository's root or the store's. */
  path?: string;
  service?: ServiceRef;
  environment?: string;
  /** The position of the commit that brought it. */
  position?: number;
  /** Since when, ISO 8601. */
  since: string;
}

/** Open problems that the reader may see. @public */
export interface ProblemList {
  asOf: string;
  items: Problem[];
}
