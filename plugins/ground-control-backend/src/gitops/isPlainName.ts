/**
 * Whether a folder's name can be that of an environment, namespace or service:
 * letters and digits in lower case, with `-`, `.` and `_` between them, 63 at
 * most. It is then safe in paths, URLs, annotations and on one line.
 */
export function isPlainName(name: string): boolean {
  return (
    /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/.test(name) &&
    !name.includes('..')
  );
}
