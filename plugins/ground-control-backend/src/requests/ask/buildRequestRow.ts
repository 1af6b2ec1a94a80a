import { computeEvidence } from '../decide/computeEvidence';
import { ReleaseRow } from '../types';
import { AskedPlace, buildAskedColumns } from './buildAskedColumns';
import { Asked, JudgedWish } from './types';

/** Makes the row of a release that was just asked for; it is pending. */
export function buildRequestRow(
  asked: Asked,
  wish: JudgedWish,
  place: AskedPlace,
): Omit<ReleaseRow, 'number'> {
  const { release, judgement } = wish;
  const { service, environment, intent, artifact, current } = release;
  const bound = {
    repository: asked.repository,
    environment,
    digest: release.digest,
  };
  return {
    ...buildAskedColumns(asked, judgement, place),
    ...bound,
    kind: 'release',
    subject: null,
    for_namespace: null,
    for_service: null,
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
    evidence: computeEvidence({
      ...bound,
      service,
      intent,
      artifactId: artifact.id,
      replacesRevision: current?.revision ?? null,
      rollbackRevision: release.rollback?.revision ?? null,
      verdicts: judgement.verdicts,
    }),
    pause_auto_release_hours:
      (intent === 'rollback' && asked.pauseAutoReleaseHours) || null,
  };
}
