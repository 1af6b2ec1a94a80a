/** Names have no control characters. */
export function pairKey(from: string, to: string): string {
  return `${from}\0${to}`;
}
