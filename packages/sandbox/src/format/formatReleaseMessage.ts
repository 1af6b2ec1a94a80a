import type { Identity, Intent } from './types.ts';

const VERBS: Record<Intent['type'], string> = {
  ReleaseArtifact: 'release',
  ReleaseBranch: 'release',
  Promote: 'release',
  Rollback: 'rollback',
  AutoRelease: 'auto release',
};

function intentLines(intent: Intent): string[] {
  switch (intent.type) {
    case 'ReleaseBranch':
      return [`Release-of-branch: ${intent.branch}`];
    case 'Promote':
      return [`Promoted-from-environment: ${intent.fromEnvironment}`];
    case 'Rollback':
      return [`Rollback-of-artifact-id: ${intent.leftArtifactId}`];
    default:
      return [];
  }
}

/** The message of a release commit as release-manager writes it. */
export function formatReleaseMessage(release: {
  service: string;
  environment: string;
  artifactId: string;
  releaser: Identity;
  creator: Identity;
  intent: Intent;
}): string {
  const { service, environment, releaser, creator, intent } = release;
  return [
    `[${environment}/${service}] ${VERBS[intent.type]} ${
      release.artifactId
    } by ${releaser.email}`,
    '',
    `Service: ${service}`,
    `Environment: ${environment}`,
    `Artifact-ID: ${release.artifactId}`,
    `Artifact-released-by: ${releaser.name} <${releaser.email}>`,
    `Artifact-created-by: ${creator.name} <${creator.email}>`,
    `Release-intent: ${intent.type}`,
    ...intentLines(intent),
    '',
  ].join('\n');
}
