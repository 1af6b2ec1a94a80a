import {
  Artifact,
  AutoReleasePause,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readRelated } from '../../links/calls/readRelated';
import { ReadContext } from '../../releases';
import { formatTime } from '../../releases/formatTime';
import { ReleaseRow } from '../types';
import { isOpen } from './isOpen';
import { decideIncludes } from './decideIncludes';
import { readChangeCounts } from './readChangeCounts';
import { readBuild, readChanges } from './readChanges';
import { readCurrent } from './readCurrent';
import { readOtherRequests } from './readOtherRequests';
import { readOthers } from './readOthers';
import { readReach } from './readReach';
import { readTargetClusters } from './readTargetClusters';
import { KindOfDetail, ReadingOptions } from './types';

async function readArtifact(
  knex: Knex,
  row: ReleaseRow,
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

/** Whether the request that took a place brings what the one before would have. */
async function readIncludes(
  knex: Knex,
  row: ReleaseRow,
  mainBranch: string,
): Promise<boolean | undefined> {
  // What goes back brings nothing that another could include.
  if (row.superseded_by === null || row.intent === 'rollback') {
    return undefined;
  }
  const newer = await knex('release_requests')
    .where({ number: row.superseded_by })
    .first('artifact_id');
  const { repository, namespace } = row;
  const where = { repository, service: { namespace, name: row.service } };
  const [build, other] = await Promise.all([
    newer?.artifact_id && readBuild(knex, where, newer.artifact_id),
    readBuild(knex, where, row.artifact_id),
  ]);
  return decideIncludes(build, other, mainBranch);
}

/** How a rollback keeps an auto-release from replacing it. */
async function readAutoReleasePause(
  knex: Knex,
  row: ReleaseRow,
): Promise<AutoReleasePause | undefined> {
  const { number, repository, pause_auto_release_hours: hours } = row;
  if (hours === null) return undefined;
  const found = await knex('auto_release_pauses')
    .where({ repository, number })
    .first('until', 'fault');
  return {
    hours,
    ...(found && { until: formatTime(found.until) }),
    ...(found?.fault && { fault: found.fault }),
  };
}

/**
 * Reads what is told of a release that is asked for.
 *
 * @param options - `artifact`: as the store has it, where it was asked
 */
export async function readReleaseDetail(
  context: ReadContext,
  options: Pick<ReadingOptions, 'settings'> & {
    row: ReleaseRow;
    artifact?: Artifact;
    now: Date;
  },
): Promise<KindOfDetail> {
  const { now, row, settings } = options;
  const { knex, repository } = context;
  const { environment, number } = row;
  const service = { namespace: row.namespace, name: row.service };
  const place = { settings, service, environment };
  const { mainBranch } = settings;
  const related = isOpen(row)
    ? await readRelated(knex, { ...place, repository, now: now.getTime() })
    : undefined;
  const [
    current,
    known,
    others,
    otherRequests,
    targetClusters,
    counts,
    reach,
    includes,
    autoReleasePause,
  ] = await Promise.all([
    readCurrent(context, place),
    readArtifact(knex, row),
    readOthers(context, { settings, row, related, now }),
    readOtherRequests(context, { row, related }),
    readTargetClusters(knex, environment),
    readChangeCounts(knex, { numbers: [number], mainBranch }),
    related && readReach(context, { ...place, now }, related),
    readIncludes(knex, row, mainBranch),
    readAutoReleasePause(knex, row),
  ]);
  const artifact = options.artifact ?? known;
  // What it replaces counts once it is decided on; until then, what is there.
  const runningId = isOpen(row)
    ? current?.row.artifact_id
    : row.replaces_artifact_id;
  return {
    parts: { changeCount: counts.get(number) ?? null },
    detail: {
      ...(artifact && { artifact }),
      ...(current && { current: current.release }),
      changes: await readChanges(knex, {
        repository,
        service,
        environment,
        mainBranch,
        runningId: runningId ?? undefined,
        requestedId: row.artifact_id,
      }),
      others,
      otherRequests,
      ...(reach && { reach }),
      targetClusters,
      ...(autoReleasePause && { autoReleasePause }),
      ...(includes !== undefined && { supersededIncludes: includes }),
    },
  };
}
