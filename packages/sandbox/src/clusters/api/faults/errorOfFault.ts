import type { ClusterFault } from '../../types.ts';
import { StatusError } from '../http/StatusError.ts';

/** What a fault answers a request with, once it is known who asks; else undefined. */
export function errorOfFault(
  fault: ClusterFault | undefined,
): StatusError | undefined {
  switch (fault) {
    case 'unauthorized':
      return StatusError.unauthorized();
    case 'throttle':
      return new StatusError(
        429,
        'TooManyRequests',
        'Too many requests, please try again later.',
        { retryAfterSeconds: 1 },
      );
    case 'error':
      return new StatusError(
        500,
        'InternalError',
        'Internal error occurred: etcdserver: request timed out',
        { causes: [{ message: 'etcdserver: request timed out' }] },
      );
    default:
      return undefined;
  }
}
