import { KeyboardEvent, RefObject } from 'react';

/**
 * A and R move the focus to the buttons, and never press them: it takes two
 * keys to decide. Where one types they are letters.
 */
export function useDecisionKeys(
  approve: RefObject<HTMLElement>,
  reject: RefObject<HTMLElement>,
) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { tagName, type } = event.target as HTMLInputElement;
    const types = tagName === 'INPUT' && type !== 'checkbox';
    if (types || tagName === 'TEXTAREA' || tagName === 'SELECT') return;
    const target = { a: approve, r: reject }[event.key];
    if (!target?.current) return;
    event.preventDefault();
    target.current.focus();
  };
}
