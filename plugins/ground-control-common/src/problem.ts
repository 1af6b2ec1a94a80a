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

/** Which problems a page of them shows. @public */
export interface ProblemQuery {
  /** Of known services, or of none; both where absent. */
  of?: 'services' | 'repository';
  /** The `next` of an earlier page. */
  before?: string;
  /** 1 to 200, 50 by default. */
  limit?: number;
}

/** A page of the open problems that the reader may see, newest first. @public */
export interface ProblemList {
  asOf: string;
  items: Problem[];
  /** How many there are on all pages. */
  total: number;
  /** Absent on the last page. */
  next?: string;
}
