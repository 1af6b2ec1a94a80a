export { createRouter } from './createRouter';
export type {
  LinkRoutes,
  RequestRoutes,
  RouterOptions,
  Uploads,
} from './types';
