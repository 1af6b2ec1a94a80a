/**
 * Reads one element of packed JSON, which is a list of numbers, nulls, and
 * lists of those; null beyond its end. A matrix has thousands, and to read all
 * of each took most of its time.
 */
export function parseElement(packed: string, index: number): unknown {
  let at = 1;
  for (let i = 0; i < index; i += 1) at = findEnd(packed, at) + 1;
  const text = packed.slice(at, findEnd(packed, at));
  return text === '' ? null : JSON.parse(text);
}

function findEnd(packed: string, at: number): number {
  if (packed[at] === '[') return packed.indexOf(']', at) + 1;
  const comma = packed.indexOf(',', at);
  return comma === -1 ? packed.length - 1 : comma;
}
