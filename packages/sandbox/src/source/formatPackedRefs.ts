/** What Git takes for the name of a branch, and a file system for a path. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;
const NEVER = /\.\.|\/\/|\/\.|[./]$|\.lock(?:\/|$)/;

/**
 * The text of `packed-refs`. Git keeps branches like files in folders, so of
 * `feature` and `feature/limits` the first stays; the commits of the other are
 * still there.
 */
export function formatPackedRefs(branches: Map<string, string>): string {
  const taken = new Set<string>();
  const folders = new Set<string>();
  const lines: string[] = [];
  for (const [name, sha] of branches) {
    const parts = name.split('/');
    const above = parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
    if (
      !NAME.test(name) ||
      NEVER.test(name) ||
      folders.has(name) ||
      above.some(folder => taken.has(folder))
    ) {
      continue;
    }
    taken.add(name);
    above.forEach(folder => folders.add(folder));
    lines.push(`refs/heads/${name} ${sha}`);
  }
  const sorted = lines
    .sort()
    .map(line => line.replace(/^(\S+) (\S+)$/, '$2 $1'));
  return `# pack-refs with: peeled fully-peeled sorted \n${sorted
    .map(line => `${line}\n`)
    .join('')}`;
}
