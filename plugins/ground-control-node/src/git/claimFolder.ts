import {
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ConflictError } from '@backstage/errors';

interface Owner {
  hostname: string;
  pid: number;
  startedAt: number;
}

/** A folder that this process has for itself. @public */
export interface ClaimedFolder {
  path: string;
  /** Says that it is still in use; see ABANDONED_AFTER_MS. */
  touch(): Promise<void>;
  release(): Promise<void>;
}

/** On another machine a process can't be looked at, only its last sign of life. */
const ABANDONED_AFTER_MS = 60 * 60_000;
const MAX_FOLDERS = 50;

// A pid alone doesn't tell a process from the one before it: in a container
// every one of them has the same.
const self: Owner = {
  hostname: hostname(),
  pid: process.pid,
  startedAt: Math.round(Date.now() - process.uptime() * 1000),
};

/** Whether the owner of a folder is gone. */
export function isAbandoned(
  owner: Owner,
  lastSeenAt: number,
  me: Owner,
  now: number,
  lives: (pid: number) => boolean,
): boolean {
  if (owner.hostname !== me.hostname) {
    return now - lastSeenAt > ABANDONED_AFTER_MS;
  }
  if (owner.pid === me.pid) {
    return Math.abs(owner.startedAt - me.startedAt) > 1_500;
  }
  return !lives(owner.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Takes the first folder `<base>-<n>` that no living process has, so that two
 * backends on one disk never write the same mirror, and a restarted one finds
 * its own again.
 *
 * @public
 */
export async function claimFolder(base: string): Promise<ClaimedFolder> {
  for (let n = 0; n < MAX_FOLDERS; n += 1) {
    const path = `${base}-${n}`;
    const ownerFile = join(path, 'owner.json');
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (await take(ownerFile)) {
      return {
        path,
        touch: async () => {
          const now = new Date();
          await utimes(ownerFile, now, now).catch(() => {});
        },
        release: () => rm(ownerFile, { force: true }),
      };
    }
  }
  throw new ConflictError(
    `All ${MAX_FOLDERS} mirrors of this repository are in use by other processes`,
  );
}

async function take(ownerFile: string): Promise<boolean> {
  const write = async () => {
    try {
      await writeFile(ownerFile, JSON.stringify(self), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      // A full disk takes the name of a file and nothing in it.
      await rm(ownerFile, { force: true });
      throw error;
    }
  };
  if (await write()) return true;
  let owner: Owner;
  let seenAt: number;
  try {
    seenAt = (await stat(ownerFile)).mtimeMs;
    owner = JSON.parse(await readFile(ownerFile, 'utf8'));
  } catch {
    // Cut off while it was written, by a process that died of it.
    owner = { hostname: self.hostname, pid: -1, startedAt: 0 };
    seenAt = 0;
  }
  if (!isAbandoned(owner, seenAt, self, Date.now(), isAlive)) return false;
  // Of several that find it abandoned, one alone succeeds in moving it away.
  const aside = `${ownerFile}.${process.pid}`;
  const moved = await rename(ownerFile, aside).then(
    () => true,
    () => false,
  );
  await rm(aside, { force: true });
  return moved && write();
}
