import { readMatrix } from '../../../latency/reading/readMatrix';
import { LinkReadContext } from '../../../latency/reading/types';
import { readLinkRows, readMirrored } from '../../store';
import { EntryFacts } from '../decide/types';
import { buildEntryFacts, EntryRows } from './buildEntryFacts';

/** A probe every few seconds has too few samples for another percentile. */
const NUMBERS = { window: '5m', percentile: 'p50' } as const;

/** Reads what clusters and samples say of entries of these names. */
export async function readEntryFacts(
  context: LinkReadContext,
  options: Pick<EntryRows, 'heard' | 'exported' | 'ingresses'> & {
    names: string[];
  },
): Promise<EntryFacts> {
  const { knex } = context;
  const { names, ...rows } = options;
  const [links, mirrored, matrix] = await Promise.all([
    readLinkRows(knex),
    readMirrored(knex, { services: [...new Set(names)] }),
    readMatrix(context, NUMBERS),
  ]);
  return buildEntryFacts({ ...rows, links, mirrored, cells: matrix.cells });
}
