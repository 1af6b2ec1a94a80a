/**
 * An artifact id as people recognise it: the first 7 digits of the commit
 * where the id has the conventional form, else its first 24 characters.
 */
export function shortArtifactId(id: string): string {
  const commit = /-([0-9a-f]{7})[0-9a-f]{3}-[0-9a-f]{10}$/.exec(id)?.[1];
  if (commit) return commit;
  return id.length > 24 ? `${id.slice(0, 24)}…` : id;
}
