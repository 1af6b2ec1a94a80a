import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Rival',
  GIT_AUTHOR_EMAIL: 'rival@example.com',
  GIT_COMMITTER_NAME: 'Rival',
  GIT_COMMITTER_EMAIL: 'rival@example.com',
};

/** Environments of the reference company. */
export const ENVIRONMENTS = ['dev', 'staging', 'prod'];
/** Files of one release, as numbered manifests; of the size that they have. */
const MANIFESTS = [
  '01-config',
  '10-secret',
  '40-deployment',
  '45-cronjob',
  '50-service',
  '60-ingress',
];

/** Runs git and returns what it says. */
export async function git(
  cwd: string,
  args: string[],
  input?: string,
): Promise<string> {
  const running = run('git', args, {
    cwd,
    env: ENVIRONMENT,
    maxBuffer: 1 << 28,
  });
  // One that reads nothing may have ended already.
  running.child.stdin?.on('error', () => {});
  running.child.stdin?.end(input ?? '');
  return (await running).stdout.trim();
}

/** The files of a release, by their path within its folder. */
export function releaseFiles(
  service: string,
  number: number,
): Record<string, string> {
  const hex = number.toString(16).padStart(10, '0');
  const source = {
    branch: 'master',
    sha: hex.repeat(4),
    authorName: 'Ada',
    authorEmail: 'ada@example.com',
    message: `change ${number}`,
    name: service,
  };
  const artifact = {
    id: `master-${hex}-${hex}`,
    service,
    application: source,
    ci: {
      jobUrl: `https://ci.example.com/${service}/${number}`,
      start: '2026-01-01T10:00:00Z',
      end: '2026-01-01T10:01:00Z',
    },
    squad: 'falcon',
    shuttle: { plan: source },
    stages: [
      {
        id: 'test',
        name: 'Test',
        data: {
          url: 'https://ci.example.com/t',
          results: { passed: 10, failed: 0, skipped: 0 },
        },
      },
      ...['snyk-code', 'snyk-docker'].map(id => ({
        id,
        name: id,
        data: { vulnerabilities: { high: 0, medium: 0, low: 0 } },
      })),
    ],
  };
  const files: Record<string, string> = {
    'artifact.json': `${JSON.stringify(artifact, undefined, 2)}\n`,
  };
  for (const name of MANIFESTS) {
    files[`${name}.yaml`] =
      `kind: ConfigMap\nmetadata:\n  name: ${service}\n  labels:\n    build: "${number}"\ndata:\n` +
      `  text: ${'lorem ipsum '.repeat(100)}\n`;
  }
  return files;
}

/** A local bare repository as a company has it: services, environments, history. */
export class ConfigRepository {
  readonly path: string;
  readonly services: string[];

  constructor(path: string, services: string[]) {
    this.path = path;
    this.services = services;
  }

  static create(
    folder: string,
    size: { services: number; history: number },
  ): ConfigRepository {
    const path = join(folder, 'config.git');
    mkdirSync(path, { recursive: true });
    const services = Array.from(
      { length: size.services },
      (_, i) => `service-${i}`,
    );
    execFileSync('git', ['init', '-q', '--bare', '-b', 'master'], {
      cwd: path,
      env: ENVIRONMENT,
    });
    execFileSync('git', ['fast-import', '--quiet'], {
      cwd: path,
      env: ENVIRONMENT,
      input: formatHistory(services, size.history),
      maxBuffer: 1 << 28,
    });
    // A new tree of many files is one pack; so is a repository of some age.
    execFileSync('git', ['repack', '-adq'], { cwd: path, env: ENVIRONMENT });
    return new ConfigRepository(path, services);
  }

  /** The same repository at another place, as it is now. */
  async copy(path: string): Promise<ConfigRepository> {
    await cp(this.path, path, { recursive: true });
    return new ConfigRepository(path, this.services);
  }

  /** The tip, by the ref's file: asked a thousand times a second. */
  get tip(): string {
    return readFileSync(join(this.path, 'refs/heads/master'), 'utf8').trim();
  }

  /** Resolves when the branch has moved from there; rejects after 30 seconds. */
  async moved(from: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (this.tip === from) {
      if (Date.now() > deadline) {
        throw new Error('Nothing came to the branch within 30 seconds');
      }
      await new Promise(resolve => setTimeout(resolve, 1));
    }
  }

  /** The requests that commits since then name, oldest first. */
  async requestsSince(revision: string): Promise<number[]> {
    const said = await git(this.path, [
      ...['log', '--first-parent', '--reverse'],
      '--format=%(trailers:key=Release-request,valueonly,separator=)',
      `${revision}..master`,
    ]);
    return said
      .split('\n')
      .filter(Boolean)
      .map(id => Number(id.replace('REQ-', '')));
  }
}

function formatHistory(services: string[], history: number): string {
  const parts: string[] = [];
  let at = 1_767_258_000;
  const begin = (message: string) => {
    at += 60;
    parts.push(
      `commit refs/heads/master\ncommitter Robot <robot@example.com> ${at} +0000\n`,
      formatData(message),
    );
  };
  const release = (environment: string, service: string, number: number) => {
    const folder = `${environment}/releases/${environment}/${service}`;
    for (const [name, content] of Object.entries(
      releaseFiles(service, number),
    )) {
      parts.push(`M 644 inline ${folder}/${name}\n`, formatData(content));
    }
    parts.push(
      `M 644 inline clusters/${environment}/${environment}/${service}.yaml\n`,
      formatData(`kind: Kustomization\nmetadata:\n  name: ${service}\n`),
    );
  };
  begin('Begin\n');
  for (const environment of ENVIRONMENTS) {
    for (const service of services) release(environment, service, 1);
  }
  for (let i = 0; i < history; i += 1) {
    const service = services[(i * 7) % services.length];
    begin(
      `[dev/${service}] release x by y\n\nService: ${service}\nEnvironment: dev\n`,
    );
    release('dev', service, 2 + i);
  }
  return parts.join('');
}

function formatData(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
