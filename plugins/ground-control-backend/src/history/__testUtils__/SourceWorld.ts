import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Knex } from 'knex';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';

export const REPOSITORY = 'default';
const DAY_MS = 86_400_000;

/** Real repositories of services in a folder, and what our tables say of them. */
export class SourceWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'ground-control-sources-'));
  readonly now = Math.floor(Date.now() / 1000) * 1000;
  readonly #repositories: TestRepository[] = [];

  constructor(private readonly knex: Knex) {}

  get url(): string {
    return `file://${this.folder}/{service}.git`;
  }

  /** Seconds since 1970, some days ago. */
  daysAgo(days: number): number {
    return (this.now - days * DAY_MS) / 1000;
  }

  repository(service: string): TestRepository {
    const repository = TestRepository.create();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    symlinkSync(repository.path, join(this.folder, `${service}.git`));
    this.#repositories.push(repository);
    return repository;
  }

  async service(service: string, squad?: string): Promise<void> {
    await this.knex('services').insert({
      repository: REPOSITORY,
      namespace: 'payments',
      service,
      squad_ref: squad ?? null,
      squad_source: squad ? 'catalog' : 'none',
      in_repository: true,
      in_catalog: false,
    });
  }

  async build(
    service: string,
    artifactId: string,
    commit: string,
    options: { daysAgo: number; branch?: string },
  ): Promise<void> {
    const { branch = 'master' } = options;
    await this.knex('artifacts').insert({
      repository: REPOSITORY,
      namespace: 'payments',
      service,
      artifact_id: artifactId,
      application_commit: commit,
      branch,
      built_at: this.daysAgo(options.daysAgo) * 1000,
      description: JSON.stringify({
        id: artifactId,
        service,
        namespace: 'payments',
        branch,
        commit,
        images: [],
      }),
      in_repository: true,
      in_store: true,
    });
  }

  async place(
    service: string,
    environment: string,
    commit: string,
  ): Promise<void> {
    await this.knex('service_environments')
      .insert({
        repository: REPOSITORY,
        environment,
        namespace: 'payments',
        service,
        position: 1,
        removed: false,
        artifact_id: commit,
        application_commit: commit,
        intent: 'release-artifact',
        released_at: this.now,
      })
      .onConflict(['repository', 'environment', 'namespace', 'service'])
      .merge();
  }

  remove(): void {
    this.#repositories.forEach(repository => repository.remove());
    rmSync(this.folder, { recursive: true, force: true });
  }
}
