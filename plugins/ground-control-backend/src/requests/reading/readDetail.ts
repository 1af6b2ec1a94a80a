import {
  AccessStanding,
  ReleaseRequestDetail,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../../releases';
import { buildStep, toReleaseRequest } from '../buildRequest';
import { decidePermits } from '../decide/decidePermits';
import { ExaminedRequest } from '../decide/RequestDesk';
import { readDecisions } from '../store/readDecisions';
import { readRequestClusters } from '../store/readRequestClusters';
import { readSteps } from '../store/readSteps';
import { DecisionRow, isAccessRow, ReleaseRow, RequestRow } from '../types';
import { readAccessDetail } from './readAccessDetail';
import { readReleaseDetail } from './readReleaseDetail';
import { readSquadTitles } from './readRequests';
import { ReadingOptions } from './types';

/** What a detail shows that is of now while a request is open, and else of its end. */
type Moment = Pick<
  ReleaseRequestDetail,
  | 'verdicts'
  | 'evidence'
  | 'changed'
  | 'deciders'
  | 'approve'
  | 'reject'
  | 'cancel'
  | 'override'
  | 'decidersUnknown'
  | 'remind'
>;

/** An open request is looked at anew. */
function toMoment(examined: ExaminedRequest): Moment {
  const { deciders, decidersUnknown, look, permits } = examined;
  return {
    verdicts: look.verdicts,
    evidence: look.evidence,
    changed: [
      ...(look.unknown === undefined ? [] : [look.unknown]),
      ...look.changes.map(change => change.message),
    ],
    deciders,
    ...(decidersUnknown !== undefined && { decidersUnknown }),
    ...permits,
  };
}

/** What has ended stays as it was, and needs neither catalog nor store. */
function toEnd(row: RequestRow, decisions: DecisionRow[], now: Date): Moment {
  const permits = decidePermits({
    row,
    decisions,
    actor: { mayDecide: false, mayAsk: false },
    deciders: [],
    leads: [],
    requesters: [],
    verdicts: [],
    changes: [],
    now,
  });
  return {
    verdicts: JSON.parse(row.verdicts) as Verdict[],
    evidence: row.evidence,
    changed: [],
    deciders: [],
    ...permits,
  };
}

/**
 * Reads all that somebody needs to decide a request; that the reader may see
 * it was asked before.
 *
 * @param options - `examined`: of an open request, as it stands now;
 * `standing`: of an open one for access, as its reader may see it
 */
export async function readDetail(
  context: ReadContext,
  options: Pick<ReadingOptions, 'settings'> & {
    row: RequestRow;
    examined?: ExaminedRequest;
    standing?: AccessStanding;
    now: Date;
  },
): Promise<ReleaseRequestDetail> {
  const { row, examined, settings, now, standing } = options;
  const { knex } = context;
  const { number } = row;
  const [decisions, clusters, titles, steps, kind] = await Promise.all([
    readDecisions(knex, [number]),
    readRequestClusters(knex, [number]),
    readSquadTitles(knex, [row.squad_ref]),
    readSteps(knex, number),
    isAccessRow(row)
      ? readAccessDetail(knex, { row, standing })
      : readReleaseDetail(context, {
          settings,
          row: row as ReleaseRow,
          artifact: examined?.look.artifact,
          now,
        }),
  ]);
  const own = decisions.get(number) ?? [];
  const moment = examined ? toMoment(examined) : toEnd(row, own, now);
  return {
    asOf: now.toISOString(),
    request: toReleaseRequest(row, {
      ...kind.parts,
      decisions: own,
      clusters: clusters.get(number) ?? [],
      squadTitle: titles.get(row.squad_ref ?? ''),
      commitUrl: settings.commitUrl,
      mayDecide: moment.reject.allowed,
    }),
    ...moment,
    ...kind.detail,
    timeline: steps.map(buildStep),
  };
}
