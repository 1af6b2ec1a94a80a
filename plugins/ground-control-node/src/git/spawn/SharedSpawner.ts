import { spawnHere } from './spawnHere';
import { Spawner } from './Spawner';
import { SpawnedChild, SpawnOrder } from './types';

/** The one of this process, for as long as somebody uses it. */
let current: Promise<Spawner> | undefined;
let users = 0;

/** Only on Linux does a start cost the more the larger the process is. */
const HELPS = process.platform === 'linux';

/** The spawner that lives, or a new one; rejects where there can be none. */
async function obtain(): Promise<Spawner> {
  current ??= Spawner.open();
  const asked = current;
  try {
    const spawner = await asked;
    if (spawner.alive) return spawner;
  } catch (error) {
    if (current === asked) current = undefined;
    throw error;
  }
  if (current === asked) current = undefined;
  return await obtain();
}

/** A share in the one spawner of the process, which starts with its first use. */
export class SharedSpawner {
  #joined = false;

  /** Starts a command, in this process where the spawner can't. */
  async start(order: SpawnOrder): Promise<SpawnedChild> {
    if (!HELPS) return spawnHere(order);
    if (!this.#joined) {
      this.#joined = true;
      users += 1;
    }
    try {
      return await (await obtain()).start(order);
    } catch {
      // Slower, but git runs. The next command tries the spawner again.
      return spawnHere(order);
    }
  }

  /** The last to leave ends the spawner. */
  async leave(): Promise<void> {
    if (!this.#joined) return;
    this.#joined = false;
    users -= 1;
    if (users > 0) return;
    const last = current;
    current = undefined;
    (await last?.catch(() => undefined))?.close();
  }
}
