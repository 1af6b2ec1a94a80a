import { BatchRows, emptyBatch } from '../ingest/types';

/** Rows of one transaction: on SQLite it blocks the process while it lasts. */
export const MAX_ROWS = 800;

/** Rows that a batch writes. */
export function sizeOf(batch: BatchRows): number {
  return (
    batch.commits.length +
    batch.commitServices.length +
    batch.releases.length +
    batch.replaced.length +
    batch.artifacts.size +
    batch.gone.length +
    batch.current.size +
    batch.problemChanges.size +
    batch.problems.size +
    batch.mended.size
  );
}

function pieces<T>(values: Iterable<T>): T[][] {
  const all = [...values];
  const found: T[][] = [];
  for (let at = 0; at < all.length; at += MAX_ROWS) {
    found.push(all.slice(at, at + MAX_ROWS));
  }
  return found;
}

/**
 * Cuts a batch that is too large for one transaction, such as that of a commit
 * that brings a thousand services at once. Commits stand in the last piece, so
 * that a position never names a commit whose releases aren't there. What tells
 * how to take a piece back stands before it: releases before their artifacts,
 * what problems were before what they are.
 */
export function splitBatch(batch: BatchRows): BatchRows[] {
  if (sizeOf(batch) <= 2 * MAX_ROWS) return [batch];
  const parts: Array<Partial<BatchRows>> = [
    ...pieces(batch.releases).map(releases => ({ releases })),
    ...pieces(batch.artifacts).map(a => ({ artifacts: new Map(a) })),
    ...pieces(batch.replaced).map(replaced => ({ replaced })),
    ...pieces(batch.gone).map(gone => ({ gone })),
    ...pieces(batch.current).map(c => ({ current: new Map(c) })),
    ...pieces(batch.problemChanges).map(c => ({ problemChanges: new Map(c) })),
    ...pieces(batch.problems).map(p => ({ problems: new Map(p) })),
    ...pieces(batch.mended).map(m => ({ mended: new Set(m) })),
    ...pieces(batch.commitServices).map(commitServices => ({
      commitServices,
    })),
    { commits: batch.commits },
  ];
  return parts.map(part => ({ ...emptyBatch(), ...part }));
}
