export { decideHealthySeconds } from './decideHealthySeconds';
export { readFailures, readWatches } from './readHealth';
export type { Place } from './readHealth';
export type { StayFacts } from './types';
