import { RefObject, useEffect, useRef } from 'react';
import { useShortcuts } from '../hooks/useShortcuts';
import { isElsewhere } from '../lib/isElsewhere';
import { isTyping } from '../lib/isTyping';

/**
 * A and R move the focus to the buttons, and never press them: it takes two
 * keys to decide. Brackets go to the requests beside this one. Where one types
 * they are letters, and elsewhere in the portal they aren't ours. Who switched
 * single keys off has none.
 */
export function useDecisionKeys(
  root: RefObject<HTMLElement>,
  actions: Record<'a' | 'r' | '[' | ']', (() => void) | undefined>,
): void {
  const { on } = useShortcuts();
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    if (!on) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      // Many keyboards have brackets on AltGr, which looks like Ctrl and Alt.
      const held = event.altKey || event.ctrlKey || event.metaKey;
      if (held && !event.getModifierState('AltGraph')) return;
      if (isTyping(event.target)) return;
      if (isElsewhere(root.current, event.target)) return;
      const action = new Map(Object.entries(current.current)).get(event.key);
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [root, on]);
}
