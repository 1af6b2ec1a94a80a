import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ClusterLocator } from './types';

/** @public */
export interface GroundControlClusterLocatorExtensionPoint {
  /** Uses this locator instead of config and catalog; there can be one. */
  setClusterLocator(locator: ClusterLocator): void;
}

/**
 * Lets a company say in its own way which clusters it has.
 *
 * @public
 */
export const groundControlClusterLocatorExtensionPoint =
  createExtensionPoint<GroundControlClusterLocatorExtensionPoint>({
    id: 'ground-control.cluster-locator',
  });
