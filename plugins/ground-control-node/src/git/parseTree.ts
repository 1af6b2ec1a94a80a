/** An entry of a git tree. @public */
export interface TreeEntry {
  mode: string;
  name: string;
  id: string;
}

/**
 * Reads a tree object's bytes: `<mode> <name>\0<id>`, repeated. Returns
 * undefined when they aren't a whole tree.
 *
 * @param idBytes - 20 for SHA-1, 32 for SHA-256
 * @public
 */
export function parseTree(
  bytes: Buffer,
  idBytes: number,
): TreeEntry[] | undefined {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    const nul = bytes.indexOf(0, at);
    if (space < 0 || nul < space || nul + 1 + idBytes > bytes.length) {
      return undefined;
    }
    entries.push({
      mode: bytes.toString('latin1', at, space).padStart(6, '0'),
      name: bytes.toString('utf8', space + 1, nul),
      id: bytes.toString('hex', nul + 1, nul + 1 + idBytes),
    });
    at = nul + 1 + idBytes;
  }
  return entries;
}

/** Writes what {@link parseTree} reads; entries must be in git's order. */
export function formatTree(entries: TreeEntry[]): Buffer {
  return Buffer.concat(
    entries.flatMap(entry => [
      Buffer.from(`${entry.mode.replace(/^0+/, '')} ${entry.name}\0`),
      Buffer.from(entry.id, 'hex'),
    ]),
  );
}
