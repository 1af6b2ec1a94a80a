import { humanCommit } from '../simulation/happenings/humanCommit.ts';
import { identityOf } from '../simulation/context.ts';
import type { CommitEvent, Change } from '../simulation/types.ts';
import type { LiveWorld } from '../server/LiveWorld.ts';

/** A commit of a platform engineer, now. */
export function commitByHand(
  live: LiveWorld,
  message: string,
  changes: Change[],
): CommitEvent {
  const author = identityOf(live.context.company.platformEngineers[0]);
  const { at } = live;
  return {
    type: 'commit',
    at,
    commit: humanCommit(author, at, message, changes),
  };
}
