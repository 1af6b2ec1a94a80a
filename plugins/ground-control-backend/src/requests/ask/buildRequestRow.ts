import { computeEvidence } from '../decide/computeEvidence';
import { RequestRow } from '../types';
import { Asked, JudgedWish } from './types';

/** Makes the row of a request that was just asked for; it is pending. */
export function buildRequestRow(
  asked: Asked,
  wish: JudgedWish,
  options: { now: number; ordinal: number; batch?: string; expiresAt: number },
): Omit<RequestRow, 'number'> {
  const { release, judgement } = wish;
  const { service, environment, intent, artifact, current } = release;
  const { verdicts, requirement } = judgement;
  const bound = {
    repository: asked.repository,
    environment,
    digest: release.digest,
  };
  return {
    ...bound,
    namespace: service.namespace,
    service: service.name,
    squad_ref: release.squadRef ?? null,
    artifact_squad_ref: release.artifactSquadRef ?? null,
    intent,
    artifact_id: artifact.id,
    from_environment: release.fromEnvironment ?? null,
    of_branch: release.ofBranch ?? null,
    left_artifact_id: release.leftArtifactId ?? null,
    rollback_revision: release.rollback?.revision ?? null,
    replaces_revision: current?.revision ?? null,
    replaces_position: current?.position ?? null,
    replaces_artifact_id: current?.artifactId ?? null,
    replaces_released_at: current?.releasedAt ?? null,
    replaces_edit_revision: release.editRevision ?? null,
    reason: asked.reason || null,
    requested_by: asked.requester.ref,
    requested_by_name: asked.requester.name,
    requested_by_email: asked.requester.email,
    requested_at: options.now,
    expires_at: options.expiresAt,
    state: 'pending',
    since: options.now,
    code: 'asked',
    message: null,
    approvals_needed: requirement.approvals,
    platform_needed: requirement.platform,
    requirement_reason: requirement.reason,
    verdicts: JSON.stringify(verdicts),
    evidence: computeEvidence({
      ...bound,
      service,
      intent,
      artifactId: artifact.id,
      replacesRevision: current?.revision ?? null,
      rollbackRevision: release.rollback?.revision ?? null,
      verdicts,
    }),
    override: false,
    override_reason: null,
    overridden: '[]',
    idempotency_key: asked.idempotencyKey,
    ask_digest: asked.digest,
    ordinal: options.ordinal,
    batch: options.batch ?? null,
    pause_auto_release_hours:
      (intent === 'rollback' && asked.pauseAutoReleaseHours) || null,
    superseded_by: null,
    next_attempt_at: null,
    attempts: 0,
    revision: null,
    position: null,
    committed_at: null,
    deadline_at: null,
  };
}
