import { identityApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { shortName } from '../lib/shortName';
import { useLoad } from './useLoad';

/** Who the reader is, as their session tells. */
export interface Reader {
  /** Entity ref of a User. */
  ref?: string;
  /** As their provider has it. */
  displayName?: string;
  /** That, or else a short form of their entity ref. */
  name?: string;
}

/** Tells who the reader is; empty until that is known. */
export function useReader(): Reader {
  const identity = useApiHolder().get(identityApiRef);
  const loaded = useLoad('who', async (): Promise<Reader> => {
    const [profile, own] = await Promise.all([
      identity?.getProfileInfo(),
      identity?.getBackstageIdentity(),
    ]);
    const ref = own?.userEntityRef;
    const displayName = profile?.displayName;
    return { ref, displayName, name: displayName ?? (ref && shortName(ref)) };
  });
  return loaded.data ?? {};
}
