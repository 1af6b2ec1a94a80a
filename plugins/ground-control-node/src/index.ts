/**
 * Extension points of Ground Control, and its git library.
 *
 * @packageDocumentation
 */
export * from './artifactStore';
export * from './clusterLocator';
export * from './git';
export * from './latencySource';
export * from './layout';
export * from './leadResolver';
export * from './policy';
export * from './sourceHistory';
