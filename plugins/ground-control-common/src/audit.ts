import { ServiceRef } from './serviceRef';

/** An entry of the audit trail; none is ever changed. @public */
export interface AuditEntry {
  /** From 1, without gaps. */
  sequence: number;
  /** When, ISO 8601. */
  at: string;
  /** Entity ref of a person, or `system:` and what acted. */
  actor: string;
  /** Such as `request.asked`, `request.approved`, `request.committed`, `release.not-approved-here`. */
  action: string;
  environment?: string;
  service?: ServiceRef;
  /** Id of the request. */
  request?: string;
  /** A commit of the config repository. */
  revision?: string;
  /** What else belongs to it; texts and numbers alone. */
  details: Record<string, string | number | boolean | string[]>;
  /** SHA-256 of the entry before, in hex; of the first: 64 zeros. */
  previousHash: string;
  /** SHA-256 of this entry, its previous hash included, in hex. */
  hash: string;
}

/**
 * Where what an entry tells came from.
 *
 * - `portal`: a signed-in person, in the portal or over its API as themselves.
 * - `api`: a program, with a token of its own.
 * - `auto-release`: a policy that releases by itself.
 * - `branch`: read from the config repository's branch, whoever pushed it.
 * - `clusters`: what the clusters reported.
 * - `ground-control`: nobody asked for it; policies, clocks and the writer.
 *
 * @public
 */
export type AuditSource =
  | 'portal'
  | 'api'
  | 'auto-release'
  | 'branch'
  | 'clusters'
  | 'ground-control';

/** An entry, and what is known of it beside what its hash covers. @public */
export interface ListedAuditEntry extends AuditEntry {
  /** Null where the entry doesn't tell. */
  source: AuditSource | null;
  /**
   * Whether the commit carries a signature; whether that is a good one isn't
   * checked. Null without a commit, and where the commit can't be read.
   */
  signature: 'signed' | 'unsigned' | null;
}

/** Which entries are shown or exported. @public */
export interface AuditQuery {
  actor?: string;
  actions?: string[];
  environments?: string[];
  service?: ServiceRef;
  request?: string;
  /** ISO 8601. */
  from?: string;
  /** ISO 8601. */
  to?: string;
  /** Entries below this sequence. */
  before?: number;
  /** 1 to 200, 50 by default. */
  limit?: number;
}

/** A page of the audit trail, newest first. @public */
export interface AuditPage {
  asOf: string;
  items: ListedAuditEntry[];
  next?: number;
}

/** What is wrong with the audit trail. @public */
export interface AuditFault {
  kind: 'changed' | 'missing' | 'cut-off';
  sequence: number;
  /** What was found, and what it means, for people. */
  message: string;
}

/** What a check of the whole trail found. @public */
export interface AuditVerification {
  asOf: string;
  entries: number;
  /** Heads of the trail that commits of the config repository hold. */
  heads: number;
  /** At most 100. */
  faults: AuditFault[];
}
