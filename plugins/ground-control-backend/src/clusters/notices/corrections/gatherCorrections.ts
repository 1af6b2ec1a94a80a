import { NoticeContext, Telling } from '../types';
import {
  deleteCorrectionNotice,
  readCorrectionNotices,
  writeCorrectionNotice,
} from './correctionRows';
import { decideCorrections } from './decideCorrections';
import { formatCorrection } from './formatCorrection';
import { readCorrected } from './readCorrected';
import { CorrectionStep } from './types';

function toTelling(
  repository: string,
  { before, after, tell }: CorrectionStep,
): Telling {
  return {
    ...(tell &&
      after && {
        send: {
          recipients: { type: 'entity', entityRef: tell.squadRef },
          payload: formatCorrection(after, tell.times),
        },
      }),
    async note(tx) {
      if (after) await writeCorrectionNotice(tx, repository, after);
      else if (before) await deleteCorrectionNotice(tx, repository, before);
    },
  };
}

/** What squads are told of drift that Flux corrected. */
export async function gatherCorrections({
  knex,
  repository,
  now,
}: NoticeContext): Promise<Telling[]> {
  const [corrected, notices] = await Promise.all([
    readCorrected(knex, repository),
    readCorrectionNotices(knex, repository),
  ]);
  return decideCorrections({ notices, corrected, now }).map(step =>
    toTelling(repository, step),
  );
}
