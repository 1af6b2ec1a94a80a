export * from './extensionPoint';
export * from './LatencyFault';
export * from './types';
