import { goJson, orOmit } from './goJson.ts';
import type { Artifact, ArtifactRepository, Stage } from './types.ts';

const UNSET_TIME = '0001-01-01T00:00:00Z';

function formatRepository(repository: ArtifactRepository) {
  return {
    branch: orOmit(repository.branch),
    sha: orOmit(repository.sha),
    authorName: orOmit(repository.authorName),
    authorEmail: orOmit(repository.authorEmail),
    committerName: orOmit(repository.committerName),
    committerEmail: orOmit(repository.committerEmail),
    message: orOmit(repository.message),
    name: orOmit(repository.name),
    url: orOmit(repository.url),
    provider: orOmit(repository.provider),
  };
}

function formatVulnerabilities(v: {
  high: number;
  medium: number;
  low: number;
}) {
  return { high: v.high, medium: v.medium, low: v.low };
}

function formatStageData(stage: Stage) {
  switch (stage.id) {
    case 'build':
    case 'push':
      return {
        image: orOmit(stage.data.image),
        tag: orOmit(stage.data.tag),
        dockerVersion: orOmit(stage.data.dockerVersion),
      };
    case 'test':
      return {
        url: orOmit(stage.data.url),
        results: {
          passed: stage.data.results.passed,
          failed: stage.data.results.failed,
          skipped: stage.data.results.skipped,
        },
      };
    case 'snyk-code':
      return {
        snykVersion: orOmit(stage.data.snykVersion),
        url: orOmit(stage.data.url),
        language: orOmit(stage.data.language),
        vulnerabilities: formatVulnerabilities(stage.data.vulnerabilities),
      };
    default:
      return {
        tag: orOmit(stage.data.tag),
        snykVersion: orOmit(stage.data.snykVersion),
        url: orOmit(stage.data.url),
        baseImage: orOmit(stage.data.baseImage),
        vulnerabilities: formatVulnerabilities(stage.data.vulnerabilities),
      };
  }
}

/**
 * The text of artifact.json as release-manager writes it: keys in its order,
 * empty strings left out, objects and times always there.
 */
export function formatArtifact(artifact: Artifact): string {
  return goJson({
    id: orOmit(artifact.id),
    service: orOmit(artifact.service),
    namespace: orOmit(artifact.namespace),
    application: formatRepository(artifact.application),
    ci: {
      jobUrl: orOmit(artifact.ci.jobUrl),
      start: artifact.ci.start || UNSET_TIME,
      end: artifact.ci.end || UNSET_TIME,
    },
    squad: orOmit(artifact.squad),
    shuttle: {
      plan: formatRepository(artifact.shuttle.plan),
      shuttleVersion: orOmit(artifact.shuttle.shuttleVersion),
    },
    stages: artifact.stages.map(stage => ({
      id: stage.id,
      name: orOmit(stage.name),
      data: formatStageData(stage),
    })),
  });
}

/** The id by release-manager's convention. */
export function artifactId(
  branch: string,
  applicationSha: string,
  planSha: string,
): string {
  const name = branch.replaceAll('/', '_');
  return `${name}-${applicationSha.slice(0, 10)}-${planSha.slice(0, 10)}`;
}
