import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ReleasePolicy } from './types';

/** @public */
export interface GroundControlPolicyExtensionPoint {
  /** Adds a policy; its id must be new. */
  addPolicy(policy: ReleasePolicy): void;
}

/**
 * Lets a company judge release requests by rules of its own.
 *
 * @public
 */
export const groundControlPolicyExtensionPoint =
  createExtensionPoint<GroundControlPolicyExtensionPoint>({
    id: 'ground-control.policy',
  });
