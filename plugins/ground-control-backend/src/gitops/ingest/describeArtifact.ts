import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { DescribedArtifact } from '../types';

/** The columns that an artifact fills, and itself as JSON. */
export function describeArtifact(artifact: Artifact): DescribedArtifact {
  return {
    artifact,
    artifact_id: artifact.id,
    application_commit: artifact.commit ?? null,
    plan_commit: artifact.planCommit ?? null,
    branch: artifact.branch ?? null,
    squad: artifact.squad ?? null,
    built_at: artifact.builtAt ? Date.parse(artifact.builtAt) : null,
    description: JSON.stringify(artifact),
  };
}
