import { TestCommit } from '@ground-control/backstage-plugin-ground-control-node/testUtils';

/** Seconds since 1970 at which the first build of a test ends. */
export const FIRST_BUILD = 1_767_250_000;

/** A build's number stands for everything that differs between builds. */
export interface TestBuild {
  service: string;
  number: number;
  namespace?: string;
  branch?: string;
  squad?: string;
  commit?: string;
  plan?: string;
}

const hex = (n: number, length: number) =>
  n.toString(16).padStart(8, '0').repeat(8).slice(0, length);

export function artifactId(build: TestBuild): string {
  const { number, branch = 'master' } = build;
  const commit = build.commit ?? hex(number + 1, 40);
  const plan = build.plan ?? hex(7, 40);
  return `${branch.replace(/\//g, '_')}-${commit.slice(0, 10)}-${plan.slice(
    0,
    10,
  )}`;
}

/** An artifact.json in release-manager's form. */
export function artifactJson(build: TestBuild): string {
  const { service, number, branch = 'master' } = build;
  const commit = build.commit ?? hex(number + 1, 40);
  const source = {
    branch,
    sha: commit,
    authorName: 'Ada',
    authorEmail: 'ada@example.com',
    message: `change ${number}`,
    name: service,
    url: `https://git.example.com/${service}/commit/${commit}`,
  };
  return `${JSON.stringify(
    {
      id: artifactId(build),
      service,
      ...(build.namespace ? { namespace: build.namespace } : {}),
      application: source,
      ci: {
        jobUrl: `https://ci.example.com/${service}/${number}`,
        start: new Date((FIRST_BUILD + number * 600 - 60) * 1000).toISOString(),
        end: new Date((FIRST_BUILD + number * 600) * 1000).toISOString(),
      },
      squad: build.squad ?? 'falcon',
      shuttle: { plan: { ...source, sha: build.plan ?? hex(7, 40) } },
      stages: [
        { id: 'build', name: 'Build', data: { image: service, tag: 'x' } },
        {
          id: 'test',
          name: 'Test',
          data: {
            url: 'https://ci.example.com/t',
            results: { passed: 10, failed: 0, skipped: 1 },
          },
        },
      ],
    },
    undefined,
    2,
  )}\n`;
}

export interface TestRelease extends TestBuild {
  environment: string;
  intent?: string;
  detail?: string;
  by?: string;
}

/** The folder of a service's release. */
export function releaseFolder(release: TestRelease): string {
  const { environment, namespace, service } = release;
  return `${environment}/releases/${namespace ?? environment}/${service}`;
}

export function releaseMessage(release: TestRelease): string {
  const {
    environment,
    service,
    by = 'Bea',
    intent = 'ReleaseArtifact',
  } = release;
  const email = `${by.toLowerCase()}@example.com`;
  return [
    `[${environment}/${service}] release ${artifactId(release)} by ${email}`,
    '',
    `Service: ${service}`,
    `Environment: ${environment}`,
    `Artifact-ID: ${artifactId(release)}`,
    `Artifact-released-by: ${by} <${email}>`,
    `Artifact-created-by: Ada <ada@example.com>`,
    `Release-intent: ${intent}`,
    ...(release.detail ? [release.detail] : []),
    '',
  ].join('\n');
}

/** A commit as release-manager makes it. */
export function releaseCommit(release: TestRelease): TestCommit {
  const folder = releaseFolder(release);
  return {
    message: releaseMessage(release),
    files: {
      [`${folder}/artifact.json`]: artifactJson(release),
      [`${folder}/40-deployment.yaml`]: `kind: Deployment\nmetadata:\n  name: ${release.service}\n  labels:\n    build: "${release.number}"\n`,
    },
  };
}
