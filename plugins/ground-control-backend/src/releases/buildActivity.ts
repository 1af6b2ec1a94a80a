import {
  Activity,
  ActivityKind,
  ActivityService,
  ReleaseIntent,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildRevisionUrl } from './buildToolLinks';
import { formatTime } from './formatTime';

/** A row of `commits`. */
export interface CommitRow {
  position: number;
  revision: string;
  kind: string;
  committed_at: number | string;
  title: string;
  by_name: string;
  by_email: string;
  only_looks_like_release: boolean | number;
}

/** What a commit did to a service that the reader may see. */
export interface TouchRow {
  position: number;
  environment: string;
  namespace: string;
  service: string;
  squad_ref: string | null;
  /** Of releases alone. */
  intent?: string | null;
  artifact_id?: string | null;
  /** Why it is marked as not approved here. */
  not_approved_reason?: string | null;
}

const MOST_SERVICES = 20;

function buildActivityService(row: TouchRow): ActivityService {
  const service: ActivityService = {
    service: { namespace: row.namespace, name: row.service },
  };
  if (row.squad_ref) service.squad = row.squad_ref;
  if (row.environment) service.environment = row.environment;
  if (row.intent) service.intent = row.intent as ReleaseIntent;
  if (row.artifact_id) service.artifactId = row.artifact_id;
  if (row.not_approved_reason) service.notApprovedHere = true;
  return service;
}

/**
 * A commit as a reader sees it.
 *
 * @param touches - what the reader may see of it
 * @param withholdTitle - the commit touched services that the reader may not
 * see, and its title may name them
 */
export function buildActivity(
  row: CommitRow,
  touches: TouchRow[],
  options: { commitUrl?: string; withholdTitle?: boolean },
): Activity {
  const activity: Activity = {
    position: row.position,
    revision: row.revision,
    committedAt: formatTime(row.committed_at),
    kind: row.kind as ActivityKind,
    title: options.withholdTitle ? '' : row.title,
    by: { name: row.by_name, email: row.by_email },
    services: touches.slice(0, MOST_SERVICES).map(buildActivityService),
  };
  const revisionUrl = buildRevisionUrl(options.commitUrl, row.revision);
  if (revisionUrl) activity.revisionUrl = revisionUrl;
  if (touches.length > MOST_SERVICES) {
    activity.moreServices = touches.length - MOST_SERVICES;
  }
  if (row.only_looks_like_release) activity.onlyLooksLikeRelease = true;
  return activity;
}
