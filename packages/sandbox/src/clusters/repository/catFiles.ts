import { spawn } from 'node:child_process';
import { GitError, gitEnvironment } from '../../git/runGit.ts';

/** A blob that is longer is no manifest, and is read as empty. */
const LONGEST_BLOB = 1 << 20;

/** The texts of blobs by their sha, all by one `git cat-file --batch`. */
export function catFiles(
  repository: string,
  shas: readonly string[],
): Promise<Map<string, string>> {
  if (shas.length === 0) {
    return Promise.resolve(new Map());
  }
  return new Promise((resolve, reject) => {
    const child = spawn(
      'git',
      ['--git-dir', repository, 'cat-file', '--batch'],
      { env: gitEnvironment(), stdio: 'pipe' },
    );
    const chunks: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', chunk => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code !== 0) {
        reject(new GitError(['cat-file'], code, errors));
        return;
      }
      const all = Buffer.concat(chunks);
      const texts = new Map<string, string>();
      let at = 0;
      while (at < all.length) {
        const end = all.indexOf(10, at);
        const [sha, , size] = all.toString('latin1', at, end).split(' ');
        const length = Number(size);
        at = end + 1;
        if (Number.isInteger(length)) {
          const text =
            length > LONGEST_BLOB ? '' : all.toString('utf8', at, at + length);
          texts.set(sha, text);
          at += length + 1;
        }
      }
      resolve(texts);
    });
    child.stdin.on('error', () => {});
    child.stdin.end(`${shas.join('\n')}\n`);
  });
}
