import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { ArtifactStore } from './types';

/** @public */
export interface GroundControlArtifactStoreExtensionPoint {
  /** Uses this store instead of the configured one; there can be one. */
  setArtifactStore(store: ArtifactStore): void;
}

/**
 * Lets Ground Control read builds from where a company keeps them.
 *
 * @public
 */
export const groundControlArtifactStoreExtensionPoint =
  createExtensionPoint<GroundControlArtifactStoreExtensionPoint>({
    id: 'ground-control.artifact-store',
  });
