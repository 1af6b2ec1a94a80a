import { KeyboardEvent } from 'react';

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
};

/** Arrows, J and K move between the links of a list, Home and End to its ends; Enter is the link's own. */
export function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const links = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('[data-request]'),
  ];
  const at = links.findIndex(link => link === document.activeElement);
  const targets: Record<string, number> = { Home: 0, End: links.length - 1 };
  const step = STEPS[event.key];
  const target = step === undefined ? targets[event.key] : at + step;
  if (at < 0 || target === undefined || !links[target]) return;
  event.preventDefault();
  links[target].focus();
}
