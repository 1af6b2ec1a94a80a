import {
  FetchResult,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';

/** Who pushed so lately pushes again soon. */
const CONTESTED_MS = 10_000;

/**
 * Where the branch is, as far as this process can know: where the last fetch
 * found it, or what was pushed since. A fetch that began before a push may end
 * after it, and then tells of a tip that was left behind.
 */
export class BranchTip {
  /** What we pushed last, while no fetch has brought it. */
  #pushed?: string;
  /** Tips that what we pushed stands on. */
  readonly #left = new Set<string>();

  #lostAt = -Infinity;

  constructor(
    private readonly mirror: Mirror,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Others push all the time: what is known was likely left behind already. */
  get isContested(): boolean {
    return this.now() - this.#lostAt < CONTESTED_MS;
  }

  get known(): string | undefined {
    const { tip } = this.mirror;
    if (this.#pushed === undefined) return tip;
    if (tip !== undefined && this.#left.has(tip)) return this.#pushed;
    // Fetched since, or the mirror was thrown away and all objects with it.
    this.forget();
    return tip;
  }

  pushed(expected: string, tip: string): void {
    this.#left.add(expected);
    this.#left.delete(tip);
    this.#pushed = tip;
  }

  /** Somebody else's push was quicker than ours. */
  lost(): void {
    this.#lostAt = this.now();
  }

  /** Asks the remote, which is right whatever we thought. */
  async refresh(signal: AbortSignal): Promise<FetchResult> {
    const result = await this.mirror.fetch({ signal });
    if (result.kind === 'fetched') this.forget();
    return result;
  }

  private forget() {
    this.#pushed = undefined;
    this.#left.clear();
  }
}
