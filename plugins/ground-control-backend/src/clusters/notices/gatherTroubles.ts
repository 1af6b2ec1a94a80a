import { decideNotices, NoticeFacts } from './decideNotices';
import { formatNotice } from './formatNotice';
import { deleteNotice, readNotices, writeNotice } from './noticeRows';
import { readUnwell } from './readUnwell';
import { NoticeContext, NoticeStep, Telling } from './types';

function toTelling(repository: string, step: NoticeStep): Telling {
  const { before, after, tell, why } = step;
  const notice = after ?? before;
  return {
    ...(tell &&
      notice?.squadRef && {
        send: {
          recipients: { type: 'entity', entityRef: notice.squadRef },
          payload: formatNotice(notice, tell, why),
        },
      }),
    async note(tx) {
      if (after) await writeNotice(tx, repository, after);
      else if (before) await deleteNotice(tx, repository, before);
    },
  };
}

/** What squads are told of releases that fail, drift or are stuck. */
export async function gatherTroubles(
  { knex, repository, now }: NoticeContext,
  { flapMs, stuckMs }: Pick<NoticeFacts, 'flapMs' | 'stuckMs'>,
): Promise<Telling[]> {
  const { unwell, unheard } = await readUnwell(knex, repository, now);
  const notices = await readNotices(knex, repository);
  return decideNotices({
    notices,
    unwell,
    unheard,
    now,
    flapMs,
    stuckMs,
  }).map(step => toTelling(repository, step));
}
