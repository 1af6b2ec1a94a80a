import {
  LatencyFaultKind,
  LatencyReading,
  LatencySource,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { cleanText } from '../lib/cleanText';
import { LeasedRound } from '../lib/LeasedLoop';
import { BookSource } from './book/PairBook';
import { pairKey } from './book/pairKey';
import {
  forgetOtherSources,
  readSourceClusters,
  readSources,
  writeSourceClusters,
  writeSources,
} from './store/sources';
import { ClusterRow, SourceRow } from './store/types';

const LONGEST_REASON = 500;

/** How the sources are read, and from which clusters they measure. */
export class SourceBook {
  private readonly sources: Map<string, SourceRow>;
  private readonly clusters = new Map<string, ClusterRow>();
  private readonly untils = new Map<string, number>();

  constructor(sources: BookSource[]) {
    this.sources = new Map(
      sources.map(({ id, label, ordinal, intervalMs }) => [
        id,
        {
          source: id,
          ordinal,
          label,
          interval_ms: intervalMs,
          state: 'starting',
          reason: null,
          since: 0,
          read_until: null,
        },
      ]),
    );
  }

  /** Goes on with rows; of sources that are gone nothing stays. */
  async resume(
    knex: Knex,
    round: Pick<LeasedRound, 'transact'>,
    sources: readonly LatencySource[],
    now: number,
  ): Promise<void> {
    for (const row of this.sources.values()) row.since = now;
    for (const {
      source,
      state,
      reason,
      since,
      read_until,
    } of await readSources(knex)) {
      const row = this.sources.get(source);
      if (!row) continue;
      const readUntil = read_until === null ? null : Number(read_until);
      Object.assign(row, { state, reason, since, read_until: readUntil });
    }
    for (const row of await readSourceClusters(knex)) {
      if (this.sources.has(row.source)) {
        this.clusters.set(pairKey(row.cluster, row.source), row);
      }
    }
    for (const { id, clusters = [] } of sources) {
      for (const cluster of clusters) this.clusterOf(cluster, id);
    }
    await round.transact(async tx => {
      await forgetOtherSources(tx, [...this.sources.keys()]);
      await this.write(tx);
    });
  }

  /** From when on it is to be read. */
  sinceOf(id: string, earliest: number): number {
    const readUntil = this.sources.get(id)?.read_until ?? null;
    return readUntil === null
      ? earliest
      : Math.max(earliest, Number(readUntil));
  }

  /** @returns whether that is news */
  heard(id: string, reading: LatencyReading, now: number): boolean {
    let hasNews = this.become(id, 'fresh', null, now);
    this.untils.set(id, reading.until);
    const providers = new Map(
      reading.series.map(series => [series.from, series.fromProvider]),
    );
    for (const { cluster, at } of reading.heard) {
      const row = this.clusterOf(cluster, id);
      if (row.heard_at === null) hasNews = true;
      row.heard_at = Math.round(
        Math.min(now, Math.max(Number(row.heard_at ?? 0), at)),
      );
      row.provider = providers.get(cluster) ?? row.provider;
    }
    return hasNews;
  }

  /** @returns whether that is news */
  failed(
    id: string,
    kind: LatencyFaultKind,
    reason: string,
    now: number,
  ): boolean {
    return this.become(id, kind, cleanText(reason, LONGEST_REASON), now);
  }

  /** Until when each was read, kept or not. */
  listUntils(): Map<string, number> {
    return new Map(this.untils);
  }

  /** Everything before it is counted and kept. */
  kept(id: string, until: number): void {
    const row = this.sources.get(id);
    if (row) row.read_until = Math.round(until);
  }

  /** @param only - the one that is another now; all by default */
  async write(tx: Knex, only?: string): Promise<void> {
    const isMeant = ({ source }: { source: string }) =>
      only === undefined || source === only;
    await writeSources(tx, [...this.sources.values()].filter(isMeant));
    await writeSourceClusters(tx, [...this.clusters.values()].filter(isMeant));
  }

  private clusterOf(cluster: string, source: string): ClusterRow {
    const key = pairKey(cluster, source);
    let row = this.clusters.get(key);
    if (!row) {
      row = { cluster, source, provider: null, heard_at: null };
      this.clusters.set(key, row);
    }
    return row;
  }

  private become(
    id: string,
    state: SourceRow['state'],
    reason: string | null,
    now: number,
  ): boolean {
    const row = this.sources.get(id);
    if (!row) return false;
    const isNews = row.state !== state || row.reason !== reason;
    if (row.state !== state) row.since = now;
    row.state = state;
    row.reason = reason;
    return isNews;
  }
}
