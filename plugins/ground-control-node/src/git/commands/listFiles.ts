import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { isObjectId, requireObjectId } from '../objectId';

/** A file as a commit has it. @public */
export interface ListedFile {
  mode: string;
  id: string;
  path: string;
}

/**
 * Reads `git ls-tree -z`: `<mode> <type> <id>\t<path>\0`, repeated.
 *
 * @param types - other entries are left out
 */
export function parseFiles(
  text: string,
  types: string[] = ['blob'],
): ListedFile[] {
  const files: ListedFile[] = [];
  for (const line of text.split('\0')) {
    const tab = line.indexOf('\t');
    const [mode, type, id] = line.slice(0, Math.max(tab, 0)).split(' ');
    if (types.includes(type) && isObjectId(id)) {
      files.push({ mode, id, path: line.slice(tab + 1) });
    }
  }
  return files;
}

/** Paths of one command: an argument list has its limit. */
const PATHS = 500;

/**
 * The files at some paths of a commit, and the folders themselves where
 * `folders` says so; paths that it lacks are left out.
 */
export async function listFiles(
  runner: GitRunner,
  options: {
    gitDir: string;
    revision: string;
    paths: string[];
    folders?: boolean;
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<ListedFile[]> {
  const types = options.folders ? ['blob', 'tree'] : ['blob'];
  const files: ListedFile[] = [];
  for (let at = 0; at < options.paths.length; at += PATHS) {
    const outcome = await runner.run({
      args: [
        'ls-tree',
        '-z',
        '--full-tree',
        // A folder is left out otherwise when a path within it is asked for too.
        ...(options.folders ? ['-t'] : []),
        '--end-of-options',
        requireObjectId(options.revision),
        '--',
        ...options.paths.slice(at, at + PATHS),
      ],
      gitDir: options.gitDir,
      signal: options.signal,
      timeoutMs: options.timeoutMs,
    });
    if (outcome.end !== 'exited' || outcome.code !== 0) {
      throw new GitFault('The files could not be listed', outcome);
    }
    files.push(...parseFiles(outcome.stdout.toString('utf8'), types));
  }
  if (!options.folders) return files;
  const asked = new Set(options.paths);
  return files.filter(({ path }) => asked.has(path));
}
