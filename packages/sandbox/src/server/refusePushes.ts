import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const HOOK = `#!/bin/sh
echo "This branch is protected: pushes are refused at the moment." >&2
exit 1
`;

function hookPath(repository: string): string {
  return join(repository, 'hooks', 'pre-receive');
}

export function refusesPushes(repository: string): boolean {
  return existsSync(hookPath(repository));
}

/**
 * Lets the repository refuse what others push, as a protected branch does. The
 * world itself writes without pushing, so it goes on.
 */
export async function refusePushes(
  repository: string,
  refuse: boolean,
): Promise<void> {
  const path = hookPath(repository);
  if (refuse) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, HOOK, { mode: 0o755 });
  } else {
    await rm(path, { force: true });
  }
}
