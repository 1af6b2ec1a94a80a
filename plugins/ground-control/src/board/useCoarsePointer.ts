import { useEffect, useState } from 'react';

const QUERY = '(pointer: coarse)';

/** Whether people point with a finger, and need larger targets. */
export function useCoarsePointer(): boolean {
  const [coarse, setCoarse] = useState(
    () => window.matchMedia?.(QUERY)?.matches ?? false,
  );
  useEffect(() => {
    const media = window.matchMedia?.(QUERY);
    const listen = () => setCoarse(media.matches);
    media?.addEventListener?.('change', listen);
    return () => media?.removeEventListener?.('change', listen);
  }, []);
  return coarse;
}
