import { contains, readTip } from '../git/appendCommits.ts';
import { advanceLive, isDue, startLive } from '../simulation/advanceLive.ts';
import type { LiveClock } from '../simulation/advanceLive.ts';
import type { Context } from '../simulation/context.ts';
import type { WorldEvent } from '../simulation/types.ts';
import { writeEvents } from '../world/advanceWorld.ts';
import { noteOtherWriters } from '../world/noteOtherWriters.ts';
import type { OpenWorld } from '../world/types.ts';
import { saveWorld } from '../world/worldFile.ts';

export type Pushed = (before: string, after: string, forced: boolean) => void;

/**
 * A world that goes on by the clock and by control. One thing at a time
 * changes it: everything that does goes through `exclusively`.
 */
export class LiveWorld {
  readonly world: OpenWorld;
  private readonly clock: LiveClock;
  private readonly pushed: Pushed;
  private last: Promise<unknown> = Promise.resolve();
  private announced: string;

  constructor(world: OpenWorld, rate: number, pushed: Pushed) {
    this.world = world;
    this.clock = startLive(world.context, now(), rate);
    this.pushed = pushed;
    this.announced = world.tip;
  }

  get context(): Context {
    return this.world.context;
  }

  get rate(): number {
    return this.clock.rate;
  }

  /** The present, never before what has already happened. */
  get at(): number {
    return Math.max(now(), this.context.state.at);
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }

  /** Lets happen what is due. */
  tick(): Promise<void> {
    return this.exclusively(async () => {
      if (isDue(this.context, this.clock, now())) {
        await noteOtherWriters(this.world);
        await this.write(advanceLive(this.context, this.clock, now()));
      }
    });
  }

  /** Writes events and announces the push; call it exclusively. */
  async write(events: Iterable<WorldEvent>): Promise<void> {
    await writeEvents(this.world, events);
    await this.announce();
  }

  /** Tells of the branch's new tip, whoever moved it; call it exclusively. */
  async announce(): Promise<void> {
    const tip = await readTip(this.world.repositoryPath);
    if (tip && tip !== this.announced) {
      const before = this.announced;
      this.announced = tip;
      const { repositoryPath } = this.world;
      this.pushed(before, tip, !(await contains(repositoryPath, tip, before)));
    }
  }

  /** Waits for what is under way, and saves. */
  stop(): Promise<void> {
    return this.exclusively(async () => {
      if (this.rate > 0) {
        this.context.state.at = this.at;
      }
      saveWorld(this.world);
    });
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
