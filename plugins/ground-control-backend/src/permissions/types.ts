import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';

/**
 * What the rules of a service look at.
 *
 * @public
 */
export interface ServiceResource {
  service: ServiceRef;
  /** Entity ref of the squad's Group, in lower case. */
  squadRef?: string;
  inCatalog: boolean;
}

/**
 * What a rule asks of a row of `services`.
 *
 * @public
 */
export type ServiceFilter =
  | { kind: 'squad'; squads: string[] }
  | { kind: 'in-catalog' };

/** Which services a reader may see. */
export type ServiceAccess =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'some'; criteria: PermissionCriteria<ServiceFilter> };

/** What a reader may see. */
export interface Access {
  services: ServiceAccess;
  /** What belongs to no service: other commits, the reason of a failing fetch. */
  repository: boolean;
  /** What clusters report of themselves, and why one isn't heard of. */
  clusters: boolean;
}

/** What somebody may do with release requests. */
export interface RequestAccess {
  /** Whose requests they may see. */
  services: ServiceAccess;
  /** For which services they may ask. */
  ask: ServiceAccess;
  /** On which services' requests they may decide, if they lead the squad. */
  decide: ServiceAccess;
  /** The audit trail of all squads. */
  audit: boolean;
}

/** What somebody may do with policies. */
export interface PolicyAccess {
  /** Whose policies they may see. */
  services: ServiceAccess;
  /** What other squads' parts of a file say. */
  repository: boolean;
  /** For which services they may change them, if they lead the squad. */
  update: ServiceAccess;
}
