import type * as Client from '@kubernetes/client-node';

/**
 * The official client. It brings a class for every kind of Kubernetes along,
 * some 25 MB: only for those who have a cluster.
 */
export function loadClient(): typeof Client {
  // An import() is left as it is by the transform of tests, which can't do it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports, global-require
  return require('@kubernetes/client-node');
}
