import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { SourceHistory } from './types';

/** @public */
export interface GroundControlSourceHistoryExtensionPoint {
  /** Uses this source history instead of the configured one; there can be one. */
  setSourceHistory(history: SourceHistory): void;
}

/**
 * Lets Ground Control learn which commits lie between two builds from wherever
 * a company keeps its source.
 *
 * @public
 */
export const groundControlSourceHistoryExtensionPoint =
  createExtensionPoint<GroundControlSourceHistoryExtensionPoint>({
    id: 'ground-control.source-history',
  });
