import { Knex } from 'knex';
import { ClusterRow } from '../store/types';
import { UNSEEN_MS, WATCHES_KEPT_MS } from './watchTimes';

type Seen = Pick<ClusterRow, 'connection' | 'observed_at'>;

const seenAtOf = ({ connection, observed_at: at }: Seen) =>
  connection === 'live' ? at ?? undefined : undefined;

/**
 * Keeps in rows when what runs in a cluster was seen. They change when that
 * begins or ends, not with each time that the cluster answers.
 */
export class WatchKeeper {
  readonly #place: { cluster: string; environment: string };
  /** Absent while it isn't seen. */
  #seenAt?: number;
  #begun = false;

  /** @param before - as another watcher of the cluster may have left it */
  constructor(cluster: string, environment: string, before: Seen) {
    this.#place = { cluster, environment };
    this.#seenAt = seenAtOf(before);
  }

  /** Writes what is otherwise by now; {@link settle} once that stands. */
  async write(tx: Knex, row: Seen): Promise<void> {
    const at = seenAtOf(row);
    if (at === undefined) {
      if (this.#seenAt !== undefined) await this.#end(tx, this.#seenAt);
    } else if (!this.#begun || at - (this.#seenAt ?? 0) > UNSEEN_MS) {
      await this.#begin(tx, at);
    }
  }

  settle(row: Seen): void {
    this.#seenAt = seenAtOf(row);
    this.#begun = this.#seenAt !== undefined;
  }

  async #begin(tx: Knex, at: number) {
    const last = await tx('cluster_watches')
      .where(this.#place)
      .orderBy('since', 'desc')
      .first('since', 'until');
    const isOpen = last?.until === null;
    const until = isOpen ? this.#seenAt ?? last.since : last?.until;
    if (last && at - Number(until) <= UNSEEN_MS) {
      if (isOpen) return;
      await tx('cluster_watches')
        .where({ ...this.#place, since: last.since })
        .update({ until: null });
      return;
    }
    if (isOpen) await this.#end(tx, Number(until));
    await tx('cluster_watches')
      .where(this.#place)
      .andWhere('until', '<', at - WATCHES_KEPT_MS)
      .delete();
    await tx('cluster_watches').insert({ ...this.#place, since: at });
  }

  async #end(tx: Knex, until: number) {
    await tx('cluster_watches')
      .where(this.#place)
      .whereNull('until')
      .update({ until });
  }
}
