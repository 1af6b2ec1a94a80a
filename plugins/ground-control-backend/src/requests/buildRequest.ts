import {
  AskedAccess,
  ReleaseRequest,
  RequestChangeCount,
  RequestCluster,
  RequestDecision,
  RequestPerson,
  RequestStep,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildRevisionUrl } from '../releases/buildToolLinks';
import { formatTime } from '../releases/formatTime';
import { formatRequestId } from './reading/requestId';
import { DecisionRow, RequestClusterRow, RequestRow, StepRow } from './types';

/** What a request is shown with. */
export interface RequestParts {
  /** Of access alone. */
  access?: AskedAccess;
  decisions: DecisionRow[];
  clusters: RequestClusterRow[];
  squadTitle?: string;
  changeCount: RequestChangeCount | null;
  /** A commit of the config repository, with `{revision}`. */
  commitUrl?: string;
  /** Whether the reader may decide it now. */
  mayDecide: boolean;
}

function buildPerson(entityRef: string, name: string | null): RequestPerson {
  return { entityRef, ...(name && { name }) };
}

/** A decision as readers see it. */
export function buildDecision(row: DecisionRow): RequestDecision {
  return {
    by: buildPerson(row.decided_by, row.decided_by_name),
    decision: row.decision,
    role: row.role.startsWith('platform') ? 'platform' : 'lead',
    at: formatTime(row.decided_at),
    ...(row.comment && { comment: row.comment }),
    accepted: JSON.parse(row.accepted),
  };
}

/** A step as readers see it; what acted by itself is nobody. */
export function buildStep(row: StepRow): RequestStep {
  return {
    at: formatTime(row.at),
    ...(row.state && { state: row.state }),
    code: row.code,
    ...(row.message && { message: row.message }),
    ...(row.by?.startsWith('user:') && {
      by: buildPerson(row.by, row.by_name),
    }),
    ...(row.cluster && { cluster: row.cluster }),
  };
}

function buildCluster(row: RequestClusterRow): RequestCluster {
  return {
    cluster: row.cluster,
    state: row.state,
    ...(row.service_state && { service: row.service_state }),
    ...(row.reason && { reason: row.reason }),
    since: formatTime(row.since),
  };
}

function buildReplaced(row: RequestRow): Pick<ReleaseRequest, 'replaces'> {
  if (row.replaces_position === null) return {};
  return {
    replaces: {
      ...(row.replaces_artifact_id && { artifactId: row.replaces_artifact_id }),
      position: row.replaces_position,
      releasedAt: formatTime(row.replaces_released_at ?? 0),
    },
  };
}

function buildCommit(
  row: RequestRow,
  commitUrl?: string,
): Pick<ReleaseRequest, 'commit'> {
  if (row.revision === null) return {};
  const url = buildRevisionUrl(commitUrl, row.revision);
  return {
    commit: {
      revision: row.revision,
      ...(row.position !== null && { position: row.position }),
      ...(url && { url }),
    },
  };
}

/** A request as readers see it. */
export function toReleaseRequest(
  row: RequestRow,
  parts: RequestParts,
): ReleaseRequest {
  const isPending = row.state === 'pending';
  return {
    id: formatRequestId(row.number),
    service: { namespace: row.namespace, name: row.service },
    environment: row.environment,
    ...(row.squad_ref && { squad: row.squad_ref }),
    ...(parts.squadTitle && { squadTitle: parts.squadTitle }),
    intent: row.intent,
    ...(parts.access && { access: parts.access }),
    artifactId: row.artifact_id,
    ...(row.from_environment && { fromEnvironment: row.from_environment }),
    ...(row.of_branch && { ofBranch: row.of_branch }),
    ...buildReplaced(row),
    changeCount: parts.changeCount,
    ...(row.reason && { reason: row.reason }),
    requestedBy: buildPerson(row.requested_by, row.requested_by_name),
    requestedAt: formatTime(row.requested_at),
    ...(isPending &&
      row.expires_at !== null && { expiresAt: formatTime(row.expires_at) }),
    state: row.state,
    since: formatTime(row.since),
    code: row.code,
    ...(row.message && { message: row.message }),
    requirement: {
      approvals: row.approvals_needed,
      platform: row.platform_needed,
      reason: row.requirement_reason,
    },
    decisions: parts.decisions.map(buildDecision),
    verdicts: JSON.parse(row.verdicts) as Verdict[],
    override: row.override,
    ...buildCommit(row, parts.commitUrl),
    clusters: parts.clusters.map(buildCluster),
    ...(row.superseded_by !== null && {
      supersededBy: formatRequestId(row.superseded_by),
    }),
    ...(row.batch && { batch: row.batch }),
    mayDecide: parts.mayDecide,
  };
}
