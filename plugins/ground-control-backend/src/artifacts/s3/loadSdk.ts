import type * as Sdk from '@aws-sdk/client-s3';

/** The SDK, which only those pay for at a backend's start who keep artifacts in S3. */
export function loadSdk(): typeof Sdk {
  // An import() is left as it is by the transform of tests, which can't do it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports, global-require
  return require('@aws-sdk/client-s3');
}
