import { spawn } from 'node:child_process';
import { signalGroup } from './signalGroup';
import { SpawnedChild, SpawnEnd, SpawnOrder } from './types';

/** Starts a command as a child of this very process. */
export function spawnHere(order: SpawnOrder): SpawnedChild {
  const { file, args, cwd, env } = order;
  const child = spawn(file, args, {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { stdin, stdout, stderr } = child;
  return {
    stdin,
    stdout,
    stderr,
    closed: new Promise<SpawnEnd>(resolve => {
      child.once('close', code => resolve({ code }));
      child.once('error', (error: NodeJS.ErrnoException) =>
        resolve({ code: null, failed: error.code ?? 'unknown error' }),
      );
    }),
    signal: signal => signalGroup(child.pid, signal),
  };
}
