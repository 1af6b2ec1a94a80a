import { spawn } from 'node:child_process';

/**
 * The environment of every git command: no configuration of the machine or of
 * the person, so that a world is the same everywhere.
 */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    SystemRoot,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** Says which command failed, how, and what git wrote about it. */
export class GitError extends Error {
  constructor(args: string[], code: number | null, stderr: string) {
    super(`git ${args[0]} failed (${code}): ${stderr.trim().slice(0, 2000)}`);
    this.name = 'GitError';
  }
}

/** Runs a git command in a repository and gives what it printed. */
export function runGit(
  repository: string | undefined,
  args: string[],
  input?: string | Buffer,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'git',
      repository === undefined ? args : ['--git-dir', repository, ...args],
      { env: gitEnvironment(), stdio: 'pipe' },
    );
    const out: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => {
      errors += chunk;
    });
    child.on('error', error =>
      reject(
        new Error(`git can't be started; is it installed and on the PATH?`, {
          cause: error,
        }),
      ),
    );
    child.on('close', code =>
      code === 0
        ? resolve(Buffer.concat(out).toString())
        : reject(new GitError(args, code, errors)),
    );
    // A command that ends early closes its input: its exit code tells more.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}
