/**
 * Says what is wrong with a branch name, or nothing when git would take it.
 * The rules are those of git-check-ref-format(1); a leading dash is refused
 * too, so that a name can't be read as an option.
 *
 * @public
 */
export function findBranchNameFault(name: string): string | undefined {
  if (name === '' || name.length > 255) return 'must have 1 to 255 characters';
  if (name.startsWith('-')) return "may not start with '-'";
  if (name === '@') return "may not be '@'";
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x20\x7f~^:?*[\\]/.test(name)) {
    return 'may not contain spaces, control characters or any of ~^:?*[\\';
  }
  if (name.includes('..') || name.includes('@{')) {
    return "may not contain '..' or '@{'";
  }
  if (name.endsWith('.')) return "may not end with '.'";
  for (const part of name.split('/')) {
    if (part === '') return "may not start or end with '/' or contain '//'";
    if (part.startsWith('.')) return "may not have a part that starts with '.'";
    if (part.endsWith('.lock'))
      return "may not have a part that ends with '.lock'";
  }
  return undefined;
}
