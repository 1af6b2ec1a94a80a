import { readConditions, readName } from '../../clusters/observe/fields';
import { readObject } from './readObject';
import { ObservedCertificate } from './types';

/** A Certificate of cert-manager. */
export function observeCertificate(
  object: unknown,
): ObservedCertificate | undefined {
  const parts = readObject(object);
  const secret = readName(parts?.spec?.secretName);
  if (!parts || !secret) return undefined;
  const ready = readConditions(parts.status?.conditions).get('Ready');
  const message = ready?.message || ready?.reason;
  const isReady = ready?.status === 'True';
  return {
    ...parts.ref,
    secret,
    ready: isReady,
    ...(!isReady && message && { message }),
  };
}
