import {
  Artifact,
  OPEN_REQUEST_STATES,
  ReleaseRequestDetail,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ReadContext } from '../../releases';
import { buildStep, toReleaseRequest } from '../buildRequest';
import { decidePermits } from '../decide/decidePermits';
import { ExaminedRequest } from '../decide/RequestDesk';
import { readDecisions } from '../store/readDecisions';
import { readRequestClusters } from '../store/readRequestClusters';
import { readSteps } from '../store/readSteps';
import { DecisionRow, RequestRow } from '../types';
import { readChangeCounts } from './readChangeCounts';
import { readChanges } from './readChanges';
import { readCurrent } from './readCurrent';
import { readOthers } from './readOthers';
import { readSquadTitles } from './readRequests';
import { readTargetClusters } from './readTargetClusters';
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

async function readArtifact(
  knex: Knex,
  row: RequestRow,
): Promise<Artifact | undefined> {
  const found = await knex('artifacts')
    .where({
      repository: row.repository,
      namespace: row.namespace,
      service: row.service,
      artifact_id: row.artifact_id,
    })
    .first('description');
  return found && (JSON.parse(found.description) as Artifact);
}

export function isOpen(row: RequestRow): boolean {
  return OPEN_REQUEST_STATES.includes(row.state);
}

/**
 * Reads all that somebody needs to decide a request; that the reader may see
 * it was asked before.
 *
 * @param options - `examined`: of an open request, as it stands now
 */
export async function readDetail(
  context: ReadContext,
  options: Pick<ReadingOptions, 'settings'> & {
    row: RequestRow;
    examined?: ExaminedRequest;
    now: Date;
  },
): Promise<ReleaseRequestDetail> {
  const { row, examined, settings, now } = options;
  const { knex, repository } = context;
  const { number, environment } = row;
  const service = { namespace: row.namespace, name: row.service };
  const place = { settings, service, environment };
  const { mainBranch } = settings;
  const [decisions, clusters, titles, steps, targetClusters, counts] =
    await Promise.all([
      readDecisions(knex, [number]),
      readRequestClusters(knex, [number]),
      readSquadTitles(knex, [row.squad_ref]),
      readSteps(knex, number),
      readTargetClusters(knex, environment),
      readChangeCounts(knex, { numbers: [number], mainBranch }),
    ]);
  const [current, artifact, others] = await Promise.all([
    readCurrent(context, place),
    readArtifact(knex, row),
    readOthers(context, { ...place, now }),
  ]);
  const own = decisions.get(number) ?? [];
  const moment = examined ? toMoment(examined) : toEnd(row, own, now);
  // What it replaces counts once it is decided on; until then, what is there.
  const runningId = isOpen(row)
    ? current?.row.artifact_id
    : row.replaces_artifact_id;
  return {
    asOf: now.toISOString(),
    request: toReleaseRequest(row, {
      decisions: own,
      clusters: clusters.get(number) ?? [],
      squadTitle: titles.get(row.squad_ref ?? ''),
      changeCount: counts.get(number) ?? null,
      commitUrl: settings.commitUrl,
      mayDecide: moment.reject.allowed,
    }),
    ...((examined?.look.artifact ?? artifact) && {
      artifact: examined?.look.artifact ?? artifact,
    }),
    ...(current && { current: current.release }),
    ...moment,
    changes: await readChanges(knex, {
      repository,
      service,
      environment,
      mainBranch,
      runningId: runningId ?? undefined,
      requestedId: row.artifact_id,
    }),
    others,
    targetClusters,
    timeline: steps.map(buildStep),
  };
}
