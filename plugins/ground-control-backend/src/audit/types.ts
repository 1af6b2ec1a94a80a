import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';

/** What is appended to the audit trail. */
export interface AuditEvent {
  /** Milliseconds since 1970. */
  at: number;
  /** Entity ref of a person, or `system:` and what acted. */
  actor: string;
  action: string;
  environment?: string;
  service?: ServiceRef;
  /** Number of the request. */
  number?: number;
  revision?: string;
  /** Texts and numbers alone; never a secret. */
  details?: Record<string, string | number | boolean | string[]>;
}

/** The last entry of the trail. */
export interface AuditHead {
  sequence: number;
  /** SHA-256 in hex; of an empty trail 64 zeros. */
  hash: string;
}
