import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { LeadResolver } from './types';

/** @public */
export interface GroundControlLeadResolverExtensionPoint {
  /** Uses this resolver instead of the catalog's annotation; there can be one. */
  setLeadResolver(resolver: LeadResolver): void;
}

/**
 * Lets a company say who leads a squad.
 *
 * @public
 */
export const groundControlLeadResolverExtensionPoint =
  createExtensionPoint<GroundControlLeadResolverExtensionPoint>({
    id: 'ground-control.lead-resolver',
  });
