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
  unknown_environment: string | null;
}

/** What a commit did to a service that the reader may see. */
export interface TouchRow {
  position: number;
  environment: string;
  namespace: string;
  service: string;
  squad_ref: string | null;
  in_catalog: boolean | number;
  /** The same as `squad_ref`, where the catalog has it. */
  squad_in_catalog: string | null;
  /** Of releases alone. */
  intent?: string | null;
  artifact_id?: string | null;
  /** Why it is marked as not approved here. */
  not_approved_reason?: string | null;
}

const MOST_SERVICES = 20;

function findLacking(row: TouchRow): ActivityService['notInCatalog'] {
  if (!row.in_catalog) return 'service';
  return row.squad_ref && !row.squad_in_catalog ? 'squad' : undefined;
}

function buildActivityService(
  row: TouchRow,
  catalogRead: boolean,
): ActivityService {
  const service: ActivityService = {
    service: { namespace: row.namespace, name: row.service },
  };
  if (row.squad_ref) service.squad = row.squad_ref;
  if (row.environment) service.environment = row.environment;
  if (row.intent) service.intent = row.intent as ReleaseIntent;
  if (row.artifact_id) service.artifactId = row.artifact_id;
  if (row.not_approved_reason) service.notApprovedHere = true;
  const lacking = catalogRead && findLacking(row);
  if (lacking) service.notInCatalog = lacking;
  return service;
}

/**
 * A commit as a reader sees it.
 *
 * @param touches - what the reader may see of it
 * @param options - `withholdTitle`: the commit touched services that the reader
 * may not see, and its title may name them; `catalogRead`: what isn't in the
 * catalog is known
 */
export function buildActivity(
  row: CommitRow,
  touches: TouchRow[],
  options: {
    commitUrl?: string;
    withholdTitle?: boolean;
    catalogRead: boolean;
  },
): Activity {
  const activity: Activity = {
    position: row.position,
    revision: row.revision,
    committedAt: formatTime(row.committed_at),
    // One that nothing shows is a release all the same.
    kind:
      row.kind === 'other' && row.unknown_environment
        ? 'release'
        : (row.kind as ActivityKind),
    title: options.withholdTitle ? '' : row.title,
    by: { name: row.by_name, email: row.by_email },
    services: touches
      .slice(0, MOST_SERVICES)
      .map(touch => buildActivityService(touch, options.catalogRead)),
  };
  const revisionUrl = buildRevisionUrl(options.commitUrl, row.revision);
  if (revisionUrl) activity.revisionUrl = revisionUrl;
  if (touches.length > MOST_SERVICES) {
    activity.moreServices = touches.length - MOST_SERVICES;
  }
  if (row.only_looks_like_release) activity.onlyLooksLikeRelease = true;
  if (row.unknown_environment && !options.withholdTitle) {
    activity.unknownEnvironment = row.unknown_environment;
  }
  return activity;
}
