import { Knex } from 'knex';
import { readChanges } from '../store/changes';
import { PairRow } from '../store/types';
import { buildCell } from './buildCell';
import { CellOptions, PairReading, ReadPair } from './types';

interface KeptCluster {
  changes: string;
  rows: readonly PairRow[];
  /** What was built of them, by window and percentile. */
  built: Map<string, ReadPair[]>;
}

/** As they are built, but for a source that has another name since. */
function buildKept(kept: KeptCluster, options: CellOptions): ReadPair[] {
  const key = `${options.window} ${options.percentile}`;
  const known = kept.built.get(key);
  const isNamed = ({ row, cell }: ReadPair) =>
    cell.source === options.labelOf(row.source);
  if (known?.every(isNamed)) return known;
  const built = kept.rows.map(row => ({ row, cell: buildCell(row, options) }));
  kept.built.set(key, built);
  return built;
}

/** Reads the rows of clusters whose count of changes is another now. */
async function readAgain(
  knex: Knex,
  changed: ReadonlyMap<string, string>,
): Promise<Map<string, KeptCluster>> {
  const read = new Map<string, KeptCluster>();
  if (changed.size === 0) return read;
  const rows: PairRow[] = await knex('latency_pairs')
    .whereIn('from_cluster', [...changed.keys()])
    .select();
  const byCluster = new Map<string, PairRow[]>();
  for (const row of rows) {
    const others = byCluster.get(row.from_cluster);
    if (others) others.push(row);
    else byCluster.set(row.from_cluster, [row]);
  }
  for (const [cluster, changes] of changed) {
    const ofCluster = byCluster.get(cluster) ?? [];
    read.set(cluster, { changes, rows: ofCluster, built: new Map() });
  }
  return read;
}

/**
 * Reads all links as the database has them. Those of a cluster are read again
 * where something was written of them since, by whichever replica: fifty
 * clusters have thousands, and a reading changes those of a few.
 */
export class KeptPairs implements PairReading {
  private readonly clusters = new Map<string, KeptCluster>();

  async read(knex: Knex, options: CellOptions): Promise<ReadPair[]> {
    // Before the rows, which are then at least as new as their count says.
    const counted = await readChanges(knex);
    const changed = new Map<string, string>();
    for (const { from_cluster: cluster, changes } of counted) {
      if (this.clusters.get(cluster)?.changes !== String(changes)) {
        changed.set(cluster, String(changes));
      }
    }
    // Whoever counted before us may put older rows in their place meanwhile.
    const kept = new Map(this.clusters);
    for (const [cluster, read] of await readAgain(knex, changed)) {
      kept.set(cluster, read);
      this.clusters.set(cluster, read);
    }
    return counted.flatMap(row =>
      buildKept(kept.get(row.from_cluster)!, options),
    );
  }
}
