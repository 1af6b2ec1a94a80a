import { GitFault } from '../GitFault';
import { GitRunner } from '../GitRunner';

/** Makes an empty bare repository, or leaves the one that is there. */
export async function initMirror(
  runner: GitRunner,
  options: { gitDir: string; objectFormat: 'sha1' | 'sha256' },
): Promise<void> {
  const outcome = await runner.run({
    args: [
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--object-format=${options.objectFormat}`,
      '--end-of-options',
      options.gitDir,
    ],
    timeoutMs: 30_000,
  });
  if (outcome.end !== 'exited' || outcome.code !== 0) {
    throw new GitFault('The mirror could not be made', outcome);
  }
}
