import { useEffect, useState } from 'react';

/**
 * The value, once it has stayed for so long: what is costly to draw follows
 * after what was typed is on the screen. (React 17 has no deferred values.)
 */
export function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
