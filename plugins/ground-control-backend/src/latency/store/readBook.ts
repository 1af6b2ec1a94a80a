import { Knex } from 'knex';
import { PairState } from '../book/types';
import { pairKey } from '../book/pairKey';
import { parsePair } from './resumeRow';
import { PairRow, ResumeRow } from './types';

/** All links as the last reader left them. */
export async function readBook(
  knex: Knex,
  now: number,
): Promise<Map<string, PairState>> {
  const rows: PairRow[] = await knex('latency_pairs').select();
  const resumes: ResumeRow[] = await knex('latency_resume').select();
  const byPair = new Map(
    resumes.map(row => [pairKey(row.from_cluster, row.to_cluster), row]),
  );
  return new Map(
    rows.map(row => {
      const key = pairKey(row.from_cluster, row.to_cluster);
      return [key, parsePair(row, byPair.get(key), now)];
    }),
  );
}
