import {
  Artifact,
  ReleaseIntent,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

const REPOSITORY = 'default';
const START = Date.parse('2026-03-02T08:00:00.000Z');

/** A build to release; what isn't given follows from the name and number. */
export interface TestBuild {
  service: string;
  namespace?: string;
  /** Two builds of a service with another number are of other commits. */
  number?: number;
  plan?: number;
  branch?: string;
  squad?: string | null;
}

/** A commit, 40 hex digits, that begins with what tells builds apart. */
export function commitOf(service: string, number: number): string {
  const sum = [...service].reduce(
    (hash, letter) => (hash * 31 + letter.codePointAt(0)!) % 0xffffff,
    7,
  );
  const start =
    sum.toString(16).padStart(6, '0') + number.toString(16).padStart(4, '0');
  return start.padEnd(40, '0');
}

/** The commit of the config repository at a position. */
export function revisionOf(position: number): string {
  return position.toString(16).padStart(40, 'c');
}

/** The artifact id of a build, by the convention. */
export function artifactIdOf(build: TestBuild): string {
  const { service, number = 1, plan = 1, branch = 'master' } = build;
  const commit = commitOf(service, number).slice(0, 10);
  const planCommit = commitOf('plan', plan).slice(0, 10);
  return `${branch.replaceAll('/', '_')}-${commit}-${planCommit}`;
}

/**
 * Writes rows as ingest leaves them, one commit after the other, so that tests
 * of reading need no repository.
 */
export class TestHistory {
  position = 0;

  constructor(private readonly knex: Knex) {}

  private timeOf(position: number) {
    return START + position * 60_000;
  }

  async commit(commit: {
    kind: string;
    title: string;
    by?: string;
    touches?: { service: string; namespace?: string; environment?: string }[];
    onlyLooksLikeRelease?: boolean;
  }): Promise<number> {
    this.position += 1;
    await this.knex('commits').insert({
      repository: REPOSITORY,
      position: this.position,
      revision: revisionOf(this.position),
      kind: commit.kind,
      committed_at: this.timeOf(this.position),
      title: commit.title,
      by_name: commit.by ?? 'Ana Ruiz',
      by_email: 'ana.ruiz@bank.example',
      only_looks_like_release: commit.onlyLooksLikeRelease ?? false,
    });
    for (const touch of commit.touches ?? []) {
      await this.knex('commit_services').insert({
        repository: REPOSITORY,
        position: this.position,
        environment: touch.environment ?? '',
        namespace: touch.namespace ?? 'payments',
        service: touch.service,
      });
    }
    return this.position;
  }

  async build(build: TestBuild, inStore = true): Promise<string> {
    const { service, namespace = 'payments', number = 1, plan = 1 } = build;
    const { branch = 'master', squad = null } = build;
    const id = artifactIdOf(build);
    const artifact: Artifact = {
      id,
      service,
      namespace,
      branch,
      commit: commitOf(service, number),
      message: `Change ${number} of ${service}`,
      author: { name: 'Bo Lind', email: 'bo.lind@bank.example' },
      planCommit: commitOf('plan', plan),
      ciUrl: 'https://ci.example/job/1',
      builtAt: new Date(START + number * 1000).toISOString(),
      tests: { passed: 12, failed: 0, skipped: 1 },
      vulnerabilities: {
        code: { high: 0, medium: 1, low: 2, url: 'https://scan.example/1' },
        image: { high: 0, medium: 0, low: 3 },
      },
      images: [`registry.example/${service}:${id}`],
    };
    if (squad !== null) artifact.squad = squad;
    await this.knex('artifacts')
      .insert({
        repository: REPOSITORY,
        namespace,
        service,
        artifact_id: id,
        application_commit: artifact.commit,
        plan_commit: artifact.planCommit,
        branch,
        squad,
        built_at: START + number * 1000,
        description: JSON.stringify(artifact),
        in_repository: !inStore,
        in_store: inStore,
      })
      .onConflict(['repository', 'namespace', 'service', 'artifact_id'])
      .ignore();
    return id;
  }

  /** Releases a build by one commit in one or several environments. */
  async release(
    build: TestBuild & {
      environment: string | string[];
      intent?: ReleaseIntent;
      by?: string;
      behind?: number;
      /** The artifact can't be read. */
      broken?: boolean;
      /** Git tree of the folder. */
      tree?: string;
    },
  ): Promise<number> {
    const { service, namespace = 'payments', number = 1, plan = 1 } = build;
    const { intent = 'release-artifact', by = 'Ana Ruiz' } = build;
    const environments = [build.environment].flat();
    const removed = intent === 'removed';
    const id = build.broken || removed ? null : await this.build(build, false);
    const position = await this.commit({
      kind: 'release',
      title: `[${environments[0]}/${service}] release ${id} by ana.ruiz@bank.example`,
      by,
    });
    const at = this.timeOf(position);
    for (const environment of environments) {
      const key = { repository: REPOSITORY, namespace, service, environment };
      await this.knex('releases')
        .where(key)
        .whereNull('replaced_at')
        .update({ replaced_position: position, replaced_at: at });
      await this.knex('releases').insert({
        ...key,
        position,
        intent,
        artifact_id: id,
        tree: removed ? null : build.tree ?? '0'.repeat(40),
        released_at: at,
        by_name: by,
        by_email: 'ana.ruiz@bank.example',
      });
      await this.knex('service_environments')
        .insert({
          ...key,
          position,
          removed,
          artifact_id: id,
          application_commit: id && commitOf(service, number),
          plan_commit: id && commitOf('plan', plan),
          branch: id && (build.branch ?? 'master'),
          artifact_squad: build.squad ?? null,
          intent,
          released_at: at,
          by_name: by,
          behind: build.behind ?? null,
        })
        .onConflict(Object.keys(key))
        .merge();
    }
    return position;
  }

  /** A commit that was never built, and the build that contains it. */
  async contained(commit: string, build: TestBuild): Promise<void> {
    await this.knex('source_commits').insert({
      repository: REPOSITORY,
      namespace: build.namespace ?? 'payments',
      service: build.service,
      source_commit: commit,
      artifact_id: artifactIdOf(build),
      author: 'Cy Holm',
      title: `Merge of ${build.service}`,
      committed_at: START,
    });
  }

  async problem(problem: {
    code: string;
    service?: string;
    namespace?: string;
    environment?: string;
    position?: number;
    since?: number;
  }): Promise<void> {
    await this.knex('problems').insert({
      repository: REPOSITORY,
      problem_key: JSON.stringify(problem).slice(0, 64),
      code: problem.code,
      message: `Something about ${problem.service ?? 'the repository'}`,
      path: 'some/file',
      environment: problem.environment ?? null,
      namespace: problem.service ? problem.namespace ?? 'payments' : null,
      service: problem.service ?? null,
      position: problem.position ?? null,
      since: problem.since ?? START,
    });
  }
}
