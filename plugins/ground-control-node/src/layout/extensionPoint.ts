import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Layout } from './types';

/** @public */
export interface GroundControlLayoutExtensionPoint {
  /** Adds a layout, which `groundControl.configRepository.layout` may then name. */
  addLayout(layout: Layout): void;
}

/**
 * Teaches Ground Control other layouts of a config repository.
 *
 * @public
 */
export const groundControlLayoutExtensionPoint =
  createExtensionPoint<GroundControlLayoutExtensionPoint>({
    id: 'ground-control.layout',
  });
