import { useRef, useState } from 'react';
import { keepOrder } from '../lib/keepOrder';

/**
 * Holds the order of items while somebody points at or focuses one of them,
 * unless they themselves asked for another order: `asked` names what they
 * asked for.
 */
export function useKeptOrder<T extends { key: string }>(
  next: T[],
  asked: string,
) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [, redraw] = useState(0);
  const shown = useRef({ asked, items: next, from: next });
  const holding =
    (pointed || focused) &&
    shown.current.asked === asked &&
    shown.current.items;
  let items = next;
  let changed = 0;
  if (holding && shown.current.from !== next) {
    const kept = keepOrder(holding, next);
    changed = kept.changed;
    items = changed ? kept.items : next;
  } else if (holding) {
    items = shown.current.items;
    changed = items === next ? 0 : keepOrder(items, next).changed;
  }
  shown.current = { asked, items, from: next };
  return {
    items,
    changed,
    apply: () => {
      shown.current = { asked, items: next, from: next };
      redraw(count => count + 1);
    },
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event: React.FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setFocused(false);
        }
      },
    },
  };
}
