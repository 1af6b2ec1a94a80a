import { Knex } from 'knex';
import {
  FetchResult,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Transact } from './ingest/RepositoryIngest';
import { readRepositoryRow } from './store/repositoryRow';

export interface RepositoryNotesOptions {
  knex: Knex;
  mirror: Mirror;
  repository: string;
  branch: string;
}

/**
 * Keeps what is known of the remote itself in the repository's row: whether it
 * answers, how far it is, and why reading it fails. Only the holder of the
 * lease notes anything.
 */
export class RepositoryNotes {
  readonly #options: RepositoryNotesOptions;
  /** Why the last round of ours failed, as the row says it. */
  #fault?: string;

  constructor(options: RepositoryNotesOptions) {
    this.#options = options;
  }

  /** @returns whether what is known of the remote changed but for its age */
  async noteFetch(
    transact: Transact,
    result: FetchResult,
    options: { attemptedAt: number; signal: AbortSignal },
  ): Promise<boolean> {
    const { knex, repository, branch } = this.#options;
    const before = await readRepositoryRow(knex, repository);
    const { state, reason } = this.#decideState(result);
    const news =
      result.kind === 'fetched' && result.tip !== before?.remote_tip
        ? await this.#placeTip(result.tip, before, options.signal)
        : {};
    await transact(tx =>
      tx('repositories')
        .where({ repository })
        .update({
          state,
          reason,
          branch,
          attempted_at: options.attemptedAt,
          // An empty repository has answered as well.
          ...(['fetched', 'empty'].includes(result.kind) && {
            observed_at: Date.now(),
          }),
          ...news,
        }),
    );
    return before?.state !== state || before?.reason !== reason;
  }

  async noteFault(transact: Transact, reason: string): Promise<void> {
    const { repository } = this.#options;
    this.#fault = reason;
    await transact(tx =>
      tx('repositories').where({ repository }).update({
        state: 'failing',
        reason,
      }),
    );
  }

  /**
   * Notes that all of the branch was read.
   *
   * @returns whether that mended a fault
   */
  async noteRead(transact: Transact): Promise<boolean> {
    const { repository } = this.#options;
    const mended = this.#fault !== undefined;
    await transact(tx =>
      tx('repositories')
        .where({ repository })
        .update({
          read_at: Date.now(),
          ...(mended && { state: 'fetched', reason: null }),
        }),
    );
    this.#fault = undefined;
    return mended;
  }

  async #placeTip(
    tip: string,
    before: { tip: string | null; position: number } | undefined,
    signal: AbortSignal,
  ) {
    const { mirror } = this.#options;
    const known = before?.tip ?? undefined;
    // After a rewrite the old tip may be gone; the whole is counted then.
    const isThere =
      known &&
      (await (await mirror.objects()).read(known, { maxBytes: 0, signal }))
        .found !== 'no';
    const from = isThere ? known : undefined;
    const count = await mirror.count({ from, to: tip, signal });
    return {
      remote_tip: tip,
      remote_position: (from ? before?.position ?? 0 : 0) + count,
    };
  }

  /** That the remote answers mends nothing that failed behind it. */
  #decideState(result: FetchResult): { state: string; reason: string | null } {
    if (result.kind !== 'fetched') {
      const state = result.kind === 'timeout' ? 'unreachable' : result.kind;
      return { state, reason: result.reason };
    }
    return this.#fault
      ? { state: 'failing', reason: this.#fault }
      : { state: 'fetched', reason: null };
  }
}
