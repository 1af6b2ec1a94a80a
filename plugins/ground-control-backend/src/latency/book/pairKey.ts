/** Names have no control characters. Pair of {@link parsePairKey}. */
export function pairKey(from: string, to: string): string {
  return `${from}\0${to}`;
}

export function parsePairKey(key: string): { from: string; to: string } {
  const [from, to] = key.split('\0');
  return { from, to };
}
