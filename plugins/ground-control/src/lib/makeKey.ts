/** A key that no other form has; also on pages that aren't served over HTTPS. */
export function makeKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
}
