import { once } from 'node:events';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';

/** The moments of an attempt at which a process may die. */
export type Moment = 'write' | 'written' | 'push' | 'pushed';

type WriteOptions = Parameters<Mirror['write']>[0];
type PushOptions = Parameters<Mirror['push']>[0];

/** A real mirror on which a test can act between two steps of the writer. */
export class FaultyMirror extends Mirror {
  /** Waited for at each moment; nothing by default. */
  at: (moment: Moment) => Promise<void> | void = () => {};
  pushes = 0;

  /** From that moment on nothing happens until the writer is stopped. */
  hangAt(moment: Moment): Promise<void> {
    return new Promise(reached => {
      this.at = now => {
        if (now !== moment) return undefined;
        reached();
        return new Promise(() => {});
      };
    });
  }

  override async write(options: WriteOptions): Promise<string[]> {
    await this.#pass('write', options.signal);
    const revisions = await super.write(options);
    await this.#pass('written', options.signal);
    return revisions;
  }

  override async push(options: PushOptions) {
    await this.#pass('push', options.signal);
    this.pushes += 1;
    const result = await super.push(options);
    await this.#pass('pushed', options.signal);
    return result;
  }

  async #pass(moment: Moment, signal?: AbortSignal) {
    const stopped = signal && once(signal, 'abort');
    await Promise.race([this.at(moment), stopped]);
    signal?.throwIfAborted();
  }
}
