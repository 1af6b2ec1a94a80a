import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { PairState } from '../book/types';
import { countChanges } from './changes';
import { addToDays } from './days';
import { formatPairRow, pairShape } from './pairRow';
import { formatResumeRow } from './resumeRow';
import { ResumeRow } from './types';

const resumeShape: TableShape<ResumeRow> = {
  table: 'latency_resume',
  columns: [
    'from_cluster',
    'to_cluster',
    'counted_at',
    'sealed_until',
    'judged',
    'summary',
    'minutes',
    'fives',
  ],
  key: ['from_cluster', 'to_cluster'],
  merge: [
    'counted_at',
    'sealed_until',
    'judged',
    'summary',
    'minutes',
    'fives',
  ],
};

/** Writes links as pages show them. */
export async function writePairs(
  tx: Knex,
  pairs: readonly PairState[],
  now: number,
): Promise<void> {
  await writeRows(
    tx,
    pairShape,
    pairs.map(pair => formatPairRow(pair, now)),
  );
  await countChanges(
    tx,
    pairs.map(({ from }) => from),
  );
}

/**
 * Writes what the next reader goes on with, and packs what is to be packed, in
 * one: what is in a day is never added to it again.
 */
export async function writeResumes(
  tx: Knex,
  pairs: readonly PairState[],
): Promise<void> {
  for (const pair of pairs) await addToDays(tx, pair, pair.unpacked);
  await writeRows(tx, resumeShape, pairs.map(formatResumeRow));
}
