/**
 * Whether a key was pressed in another part of the portal, such as a dialog or
 * its search. Where nothing has the focus, as on a page that has just come,
 * keys are the page's.
 */
export function isElsewhere(
  root: Element | null | undefined,
  target: EventTarget | null,
): boolean {
  return target !== document.body && !root?.contains(target as Node);
}
