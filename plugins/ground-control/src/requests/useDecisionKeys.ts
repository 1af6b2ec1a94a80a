import { RefObject, useEffect, useRef } from 'react';

/**
 * A and R move the focus to the buttons, and never press them: it takes two
 * keys to decide. Brackets go to the requests beside this one. Where one types
 * they are letters, and elsewhere in the portal they aren't ours.
 */
export function useDecisionKeys(
  root: RefObject<HTMLElement>,
  actions: Record<'a' | 'r' | '[' | ']', (() => void) | undefined>,
): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      // Many keyboards have brackets on AltGr, which looks like Ctrl and Alt.
      const held = event.altKey || event.ctrlKey || event.metaKey;
      if (held && !event.getModifierState('AltGraph')) return;
      const target = event.target as HTMLInputElement;
      const { tagName, type } = target;
      const types = tagName === 'INPUT' && type !== 'checkbox';
      if (types || tagName === 'TEXTAREA' || tagName === 'SELECT') return;
      if (!root.current?.contains(target)) return;
      const action = new Map(Object.entries(current.current)).get(event.key);
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [root]);
}
