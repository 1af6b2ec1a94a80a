import { readFields } from '../../clusters/observe/fields';
import { TRUST_ROOTS } from './labels';
import { parseTrustBundle } from './parseTrustBundle';
import { readObject } from './readObject';
import { ObservedTrustRoots } from './types';

/** The ConfigMap in which Linkerd keeps what the proxies of a cluster trust. */
export function observeTrustRoots(
  object: unknown,
): ObservedTrustRoots | undefined {
  const parts = readObject(object);
  if (parts?.ref.name !== TRUST_ROOTS) return undefined;
  const bundle = readFields(readFields(object)?.data)?.['ca-bundle.crt'];
  return {
    ...parts.ref,
    ...(typeof bundle === 'string'
      ? parseTrustBundle(bundle)
      : { roots: [], fault: 'It has no ca-bundle.crt' }),
  };
}
