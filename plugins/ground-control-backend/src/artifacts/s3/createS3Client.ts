import type { S3Client } from '@aws-sdk/client-s3';
import { loadSdk } from './loadSdk';
import { S3Settings } from './types';

const CONNECT_MS = 5_000;
/** Throttling and a server that restarts are waited for; more is left to our own loops. */
const ATTEMPTS = 3;
const SOCKETS = 16;

/** Makes the SDK's client. */
export function createS3Client(settings: S3Settings): S3Client {
  const { endpoint, forcePathStyle, credentials } = settings;
  // Other servers than AWS's take any region, but a signature must name one.
  const region = settings.region ?? (endpoint ? 'us-east-1' : undefined);
  const sdk = loadSdk();
  return new sdk.S3Client({
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
    forcePathStyle: forcePathStyle ?? false,
    followRegionRedirects: true,
    maxAttempts: ATTEMPTS,
    // Not every server knows the checksums that the SDK would add unasked.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      httpAgent: { maxSockets: SOCKETS },
      httpsAgent: { maxSockets: SOCKETS },
    },
  });
}
