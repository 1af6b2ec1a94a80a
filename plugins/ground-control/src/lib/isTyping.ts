/** Whether a key that is pressed there is a letter, and no shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  const { tagName, type } = target as HTMLInputElement;
  const types = tagName === 'INPUT' && type !== 'checkbox' && type !== 'radio';
  return types || tagName === 'TEXTAREA' || tagName === 'SELECT';
}
