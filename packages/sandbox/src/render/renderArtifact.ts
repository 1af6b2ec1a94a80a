import { PeopleMaker } from '../company/buildPeople.ts';
import type { Service } from '../company/types.ts';
import { formatArtifact } from '../format/formatArtifact.ts';
import { formatTime } from '../format/formatTime.ts';
import type { ArtifactRepository, Stage } from '../format/types.ts';
import type { Build } from '../simulation/types.ts';

export const REGISTRY = 'registry.bank.example';
const GIT = 'https://github.com/example-bank';
const SNYK = 'https://app.snyk.io/org/example-bank';
const PLAN_CHANGES = [
  'feat: add topology spread constraints',
  'chore: bump base image',
  'fix: probe paths for <grpc> services',
  'feat: default memory limit & request',
];

function planOf(service: Service, planSha: string): ArtifactRepository {
  const number = parseInt(planSha.slice(0, 6), 16);
  const author = new PeopleMaker(number % 97).next();
  return {
    branch: 'master',
    sha: planSha,
    authorName: author.title,
    authorEmail: author.email,
    committerName: 'GitHub',
    committerEmail: 'noreply@github.com',
    message: PLAN_CHANGES[number % PLAN_CHANGES.length],
    name: `shuttle-${service.language}-plan`,
    url: `${GIT}/shuttle-${service.language}-plan/commit/${planSha}`,
    provider: 'github',
  };
}

/** Plans are few and builds many: each plan is worked out once. */
const plans = new Map<string, ArtifactRepository>();

function stagesOf(service: Service, build: Build): Stage[] {
  const image = `${REGISTRY}/${service.name}`;
  const dockerVersion = '27.3.1';
  const job = `https://ci.bank.example/job/${service.name}/${build.number}`;
  const stages: Stage[] = [
    {
      id: 'build',
      name: 'Build',
      data: { image, tag: build.id, dockerVersion },
    },
    {
      id: 'test',
      name: 'Test',
      data: { url: `${job}/tests`, results: build.tests },
    },
  ];
  if (build.tests.failed > 0) {
    // CI stops here: nothing was pushed or scanned.
    return stages;
  }
  stages.push(
    {
      id: 'snyk-code',
      name: 'Security Scan - Code',
      data: {
        snykVersion: '1.1294.0',
        url: `${SNYK}/project/${service.name}`,
        language: service.language,
        vulnerabilities: build.codeVulnerabilities,
      },
    },
    { id: 'push', name: 'Push', data: { image, tag: build.id, dockerVersion } },
    {
      id: 'snyk-docker',
      name: 'Security Scan - Docker',
      data: {
        tag: build.id,
        snykVersion: '1.1294.0',
        url: `${SNYK}/image/${service.name}`,
        baseImage: 'debian:12-slim',
        vulnerabilities: build.imageVulnerabilities,
      },
    },
  );
  return stages;
}

/** The text of a build's artifact.json. */
export function renderArtifact(service: Service, build: Build): string {
  const key = `${service.language}/${build.planSha}`;
  let plan = plans.get(key);
  if (!plan) {
    plan = planOf(service, build.planSha);
    plans.set(key, plan);
  }
  const nanoseconds = parseInt(build.sha.slice(0, 7), 16) * 3 + 17;
  return formatArtifact({
    id: build.id,
    service: service.name,
    namespace: service.namespace,
    application: {
      branch: build.branch,
      sha: build.sha,
      authorName: build.author.name,
      authorEmail: build.author.email,
      committerName: build.committer.name,
      committerEmail: build.committer.email,
      message: build.message,
      name: service.name,
      url: `${GIT}/${service.name}/commit/${build.sha}`,
      provider: 'github',
    },
    ci: {
      jobUrl: `https://ci.bank.example/job/${service.name}/${build.number}/`,
      start: formatTime(build.startedAt, nanoseconds),
      end: formatTime(build.endedAt, (nanoseconds * 7) % 1000000000),
    },
    squad: service.artifactSquad,
    shuttle: { plan, shuttleVersion: 'v0.24.3' },
    stages: stagesOf(service, build),
  });
}
