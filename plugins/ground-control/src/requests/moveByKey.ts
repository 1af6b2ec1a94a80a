import { KeyboardEvent } from 'react';

const ARROWS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
const LETTERS: Record<string, number> = { j: 1, k: -1 };

/** Arrows, and J and K where letters act, move between the links of a list, Home and End to its ends; Enter is the link's own. */
export function moveByKey(
  event: KeyboardEvent<HTMLElement>,
  letters: boolean,
): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const links = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('[data-request]'),
  ];
  const at = links.findIndex(link => link === document.activeElement);
  const targets: Record<string, number> = { Home: 0, End: links.length - 1 };
  const step = ARROWS[event.key] ?? (letters ? LETTERS[event.key] : undefined);
  const target = step === undefined ? targets[event.key] : at + step;
  if (at < 0 || target === undefined || !links[target]) return;
  event.preventDefault();
  links[target].focus();
}
