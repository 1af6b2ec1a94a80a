import { appendCommits } from '../git/appendCommits.ts';
import { humanCommit } from '../simulation/happenings/humanCommit.ts';
import type { World } from '../world/types.ts';
import { hostileCommits } from './hostile/index.ts';

/**
 * Commits what Git takes and nobody should trust, without a running sandbox.
 * Gives the new tip.
 */
export async function appendHostileCommits(
  world: Pick<World, 'repositoryPath'>,
  /** Seconds since 1970. */
  at: number,
): Promise<string | undefined> {
  const author = { name: 'Mallory', email: 'mallory@bank.example' };
  return appendCommits(
    world.repositoryPath,
    hostileCommits().map(({ message, changes }) =>
      humanCommit(author, at, message, changes),
    ),
  );
}
