import { Knex } from 'knex';
import { queryJudged } from '../queryJudged';
import { subjectKey } from '../subjects';
import { Corrected } from './types';

/** Reads where drift of current releases was corrected. */
export async function readCorrected(
  knex: Knex,
  repository: string,
): Promise<Corrected[]> {
  const rows = await queryJudged(knex, repository)
    .whereNotNull('s.drift_corrected_at')
    .select('s.drift_corrected_at');
  const found = new Map<string, Corrected>();
  for (const row of rows) {
    const { environment, namespace, service } = row;
    const subject = { environment, namespace, service };
    const one: Corrected = found.get(subjectKey(subject)) ?? {
      ...subject,
      times: {},
      ...(row.squad_ref !== null && { squadRef: row.squad_ref }),
    };
    one.times[row.cluster] = Number(row.drift_corrected_at);
    found.set(subjectKey(subject), one);
  }
  return [...found.values()];
}
