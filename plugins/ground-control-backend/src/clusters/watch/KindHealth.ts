import { KubeFault } from '../kube';
import { KindReading } from '../types';

/** Faults that are told at once; others may be a blip. */
const SURE_FAULTS: ReadonlySet<KubeFault['kind']> = new Set([
  'timed-out',
  'unauthorized',
  'untrusted',
  'malformed',
]);
/** Lists in a row with no watch that holds between them. */
const RELISTS_THAT_FAIL = 3;

/** How a kind is doing, from what happened to it. */
export class KindHealth {
  #state: KindReading['state'] = 'starting';
  #fault?: KubeFault;
  #wasServed = false;

  get state(): KindReading['state'] {
    return this.#state;
  }

  get fault(): KubeFault | undefined {
    return this.#fault;
  }

  /** It is about to begin again, for a reason of the cluster as a whole. */
  interrupted(): void {
    if (this.#state === 'live') this.#state = 'starting';
  }

  /**
   * A list was read, or a watch opened.
   *
   * @returns whether that is news
   */
  read(relists: number): boolean {
    this.#wasServed = true;
    if (relists >= RELISTS_THAT_FAIL) return false;
    const isNews = this.#state !== 'live' || this.#fault !== undefined;
    this.#state = 'live';
    this.#fault = undefined;
    return isNews;
  }

  /** Nothing can be resumed from, once more. */
  gone(relists: number): void {
    if (relists < RELISTS_THAT_FAIL) return;
    this.#state = 'failing';
    this.#fault = new KubeFault(
      'server-error',
      'It ends every watch as too old; lists are read in its place, less and less often',
    );
  }

  failed(fault: KubeFault, faults: number): void {
    if (fault.kind === 'forbidden') {
      this.#state = 'forbidden';
      this.#fault = fault;
      return;
    }
    const isSure =
      SURE_FAULTS.has(fault.kind) || faults > 1 || this.#state !== 'live';
    if (!isSure) return;
    this.#state = 'failing';
    this.#fault = fault;
  }

  /**
   * The cluster doesn't have the kind. One that it had is missed first: an
   * API server that has just started may not know its kinds yet.
   *
   * @returns whether it is only missed, is now absent, or was so before
   */
  absent(): 'missed' | 'news' | 'known' {
    if (this.#wasServed) {
      this.#wasServed = false;
      this.#state = 'failing';
      this.#fault = new KubeFault('not-found', 'It no longer has this kind');
      return 'missed';
    }
    const isNews = this.#state !== 'absent';
    this.#state = 'absent';
    this.#fault = undefined;
    return isNews ? 'news' : 'known';
  }
}
