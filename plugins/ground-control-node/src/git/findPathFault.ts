// What a file system may drop from a name before it looks at it: HFS+ ignores
// these characters, NTFS the dots and spaces at an end.
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
const DOT_GIT = /^(?:\.git|git~\d)[ .]*(?::.*)?$/i;

/**
 * Says what is wrong with the path of a file that is to be written, or nothing
 * when it names a place within the tree and nothing else: on no system does a
 * checkout of it leave the work tree or reach into `.git`, and it fits on one
 * line, and every file system takes its names: one that doesn't would stop all
 * clusters that check the branch out.
 *
 * @public
 */
export function findPathFault(path: string): string | undefined {
  if (path === '' || Buffer.byteLength(path) > 4096) {
    return 'must have 1 to 4096 bytes';
  }
  if (!path.isWellFormed()) return 'must be well-formed Unicode';
  if (/[\p{Cc}\u2028\u2029]/u.test(path)) {
    return 'may not contain control characters or line ends';
  }
  if (path.includes('\\')) return "may not contain '\\'";
  for (const part of path.split('/')) {
    if (part === '') return "may not start or end with '/' or contain '//'";
    if (part === '.' || part === '..') return "may not contain '.' or '..'";
    if (Buffer.byteLength(part) > 255) {
      return 'may not have a part of more than 255 bytes';
    }
    if (DOT_GIT.test(part.replace(IGNORED, ''))) {
      return "may not have a part that is git's own folder";
    }
  }
  return undefined;
}
