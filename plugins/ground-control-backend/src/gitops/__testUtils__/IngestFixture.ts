import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Knex } from 'knex';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { RepositoryIngest, Transact } from '../ingest/RepositoryIngest';
import { releaseManagerLayout } from '../releaseManager/releaseManagerLayout';
import { ensureRepositoryRow } from '../store/repositoryRow';

/** A mirror of a local repository, and ingest from it, without a loop. */
export class IngestFixture {
  readonly written: Array<ServiceRef[] | 'all'> = [];
  readonly directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
  readonly logger = createRecordingLogger();
  mirror: Mirror;
  ingest: RepositoryIngest;
  /** Called in each transaction; may throw, as a dying process would. */
  beforeCommit: (transaction: number) => void = () => {};
  #transactions = 0;

  private constructor(
    readonly knex: Knex,
    readonly url: string,
    readonly environments: string[],
  ) {
    this.mirror = this.#createMirror();
    this.ingest = this.#createIngest();
  }

  static async create(
    knex: Knex,
    url: string,
    environments = ['dev', 'staging', 'prod'],
  ): Promise<IngestFixture> {
    const row = { repository: 'default', url_hash: 'x', branch: 'master' };
    await ensureRepositoryRow(knex, { ...row, format: 1 });
    return new IngestFixture(knex, url, environments);
  }

  /** Fetches and reads all that is new. */
  async run(signal = new AbortController().signal) {
    const result = await this.mirror.fetch();
    if (result.kind !== 'fetched') throw new Error(result.reason);
    return this.ingest.catchUp(result.tip, signal);
  }

  /** As another process that takes over: it remembers nothing. */
  restart(): void {
    this.ingest = this.#createIngest();
  }

  async close(): Promise<void> {
    await this.mirror.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  #createMirror(): Mirror {
    return new Mirror({
      remote: parseRemoteUrl(this.url),
      branch: 'master',
      directory: this.directory,
      timeoutMs: 60_000,
      logger: this.logger,
    });
  }

  #createIngest(): RepositoryIngest {
    const transact: Transact = work =>
      this.knex.transaction(async tx => {
        const result = await work(tx);
        this.#transactions += 1;
        this.beforeCommit(this.#transactions);
        return result;
      });
    return new RepositoryIngest({
      knex: this.knex,
      repository: 'default',
      mirror: this.mirror,
      layout: releaseManagerLayout,
      environments: this.environments,
      transact,
      onWritten: async services => {
        this.written.push(services);
      },
      onIngested: () => {},
    });
  }
}
