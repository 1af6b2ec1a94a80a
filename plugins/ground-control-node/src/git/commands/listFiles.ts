import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';
import { isObjectId, requireObjectId } from '../objectId';

/** A file as a commit has it. @public */
export interface ListedFile {
  mode: string;
  id: string;
  path: string;
}

/** Reads `git ls-tree -z`: `<mode> <type> <id>\t<path>\0`, repeated. */
export function parseFiles(text: string): ListedFile[] {
  const files: ListedFile[] = [];
  for (const line of text.split('\0')) {
    const tab = line.indexOf('\t');
    const [mode, type, id] = line.slice(0, Math.max(tab, 0)).split(' ');
    if (type === 'blob' && isObjectId(id)) {
      files.push({ mode, id, path: line.slice(tab + 1) });
    }
  }
  return files;
}

/** Paths of one command: an argument list has its limit. */
const PATHS = 500;

/** The files at some paths of a commit; paths that it lacks are left out. */
export async function listFiles(
  runner: GitRunner,
  options: {
    gitDir: string;
    revision: string;
    paths: string[];
    signal?: AbortSignal;
    timeoutMs: number;
  },
): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (let at = 0; at < options.paths.length; at += PATHS) {
    const outcome = await runner.run({
      args: [
        'ls-tree',
        '-z',
        '--full-tree',
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
    files.push(...parseFiles(outcome.stdout.toString('utf8')));
  }
  return files;
}
