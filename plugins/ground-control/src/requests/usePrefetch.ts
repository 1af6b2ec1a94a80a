import { FocusEvent, MouseEvent, useEffect, useRef } from 'react';
import { prefetchRequest } from './prefetchRequest';
import { useGroundControlApi } from '../hooks/useGroundControlApi';

/** Who only passes over a line doesn't stay that long. */
const STAY_MS = 120;

/**
 * Fetches the request whose line the pointer or the focus stays on. A list that
 * scrolls below a pointer that rests fetches nothing: browsers tell of such a
 * pointer too, but at the same place of the screen.
 */
export function usePrefetch() {
  const api = useGroundControlApi();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const on = useRef<string>();
  const pointer = useRef<{ x: number; y: number }>();
  useEffect(() => () => clearTimeout(timer.current), []);

  const leave = () => {
    clearTimeout(timer.current);
    on.current = undefined;
  };
  const stay = (target: EventTarget) => {
    const id = (target as Element)
      .closest('li')
      ?.querySelector<HTMLElement>('[data-request]')?.dataset.request;
    if (!id || id === on.current) return;
    leave();
    on.current = id;
    timer.current = setTimeout(() => prefetchRequest(api, id), STAY_MS);
  };
  return {
    onMouseMove: ({ screenX: x, screenY: y, target }: MouseEvent) => {
      const before = pointer.current;
      pointer.current = { x, y };
      if (before && (before.x !== x || before.y !== y)) stay(target);
    },
    onMouseLeave: leave,
    onFocus: ({ target }: FocusEvent) => stay(target),
    onBlur: leave,
  };
}
