import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { LatencySource } from './types';

/** @public */
export interface GroundControlLatencySourceExtensionPoint {
  /** Adds a source beside the configured ones; its id must be new. */
  addLatencySource(source: LatencySource): void;
}

/**
 * Lets a company bring measurements of its links from elsewhere.
 *
 * @public
 */
export const groundControlLatencySourceExtensionPoint =
  createExtensionPoint<GroundControlLatencySourceExtensionPoint>({
    id: 'ground-control.latency-source',
  });
