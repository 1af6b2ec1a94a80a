import { PairRow } from '../store/types';
import { buildCell } from './buildCell';
import { PairReading } from './types';

/** What a matrix shows beside one window. */
const BARE_COLUMNS = [
  'from_cluster',
  'to_cluster',
  'source',
  'probe',
  'loss_at_least',
  'to_provider',
  'linked',
  'state',
  'code',
  'since',
  'sampled_at',
  'last_success_at',
  'baselines',
];

/** Reads what one matrix needs, and keeps nothing of it. */
export const pairsReadAnew: PairReading = {
  read: async (knex, options) => {
    const rows: PairRow[] = await knex('latency_pairs').select([
      ...BARE_COLUMNS,
      `window_${options.window}`,
    ]);
    return rows.map(row => ({ row, cell: buildCell(row, options) }));
  },
};
