export { createRouter } from './createRouter';
export type { RequestRoutes, RouterOptions, Uploads } from './types';
