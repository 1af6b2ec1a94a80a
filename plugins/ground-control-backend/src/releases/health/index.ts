export { decideHealthySeconds } from './decideHealthySeconds';
export { findLonger } from './findLonger';
export { readArrivals, readFailures, readWatches } from './readHealth';
export type { Place } from './readHealth';
export type { StayFacts } from './types';
