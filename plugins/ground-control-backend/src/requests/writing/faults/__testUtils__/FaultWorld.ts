import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitHttpServer } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { artifactId } from '../../../../gitops/__testUtils__/artifacts';
import { RequestRow } from '../../../types';
import { WriterWorld } from '../../__testUtils__/WriterWorld';
import { Halt } from './Halt';
import { GitPlace, installGit } from './installGit';
import { noteTime } from './noteTime';
import { FaultDatabase, WriterSettings } from './types';
import { WriterProcess } from './WriterProcess';

/** Planted where secrets are; may be found nowhere else. */
export const CANARY = 'canary-5f1c2d';
const SERVICES = ['ledger', 'gateway', 'mailer'];
/** A dead holder is replaced after this, and a third of it. */
export const LEASE_TTL_MS = 900;

/**
 * Of a process that is to die when it has pushed: by itself it doesn't read the
 * branch, and so doesn't know, however long its git takes to end.
 */
export const READS_WHEN_TOLD = { pollIntervalMs: 600_000 };

/** Where a process stands still: a git command, a transaction, or a hook of the remote. */
export interface StandStill {
  git?: GitPlace;
  beforeCommitOf?: RegExp;
  hook?: 'pre-receive' | 'post-receive';
  /** Another place than the world's own. */
  halt?: Halt;
  /** Where it looks for git first, instead. */
  bin?: string;
}

/** A WriterWorld whose writing processes are real ones, that can be killed. */
export class FaultWorld {
  readonly halt: Halt;
  readonly #processes: WriterProcess[] = [];

  private constructor(
    readonly writers: WriterWorld,
    readonly database: FaultDatabase,
    readonly server: GitHttpServer,
    /** Of the mirrors. */
    readonly directory: string,
  ) {
    this.halt = new Halt(writers.directory);
  }

  static async create(
    database: FaultDatabase,
    directory?: string,
  ): Promise<FaultWorld> {
    const writers = WriterWorld.create(database.knex, SERVICES);
    writers.repository.git('config', 'http.receivepack', 'true');
    const server = await GitHttpServer.start(writers.repository);
    server.password = CANARY;
    return new FaultWorld(
      writers,
      database,
      server,
      directory ?? join(writers.directory, 'mirrors'),
    );
  }

  get knex(): Knex {
    return this.database.knex;
  }

  /** Builds the same of each service, with a secret in it, and approves them. */
  async approveAll(number = 2): Promise<number[]> {
    const numbers = [];
    for (const service of SERVICES) {
      numbers.push(await this.approve(service, number));
    }
    return numbers;
  }

  async approve(
    service: string,
    number: number,
    request: Partial<RequestRow> = {},
  ): Promise<number> {
    const { writers } = this;
    const build = { service, number };
    await writers.build(
      build,
      `---\nkind: Secret\nmetadata:\n  name: ${service}\nstringData:\n  password: ${CANARY}\n`,
    );
    const files = await writers.store.readFiles(
      { service, artifactId: artifactId(build) },
      { environment: 'dev' },
    );
    if ('fault' in files) throw new Error(files.fault);
    const current = await this.knex('release_requests')
      .where({ service, state: 'committed' })
      .orderBy('number', 'desc')
      .first('revision');
    return writers.approve(build, {
      digest: files.digest,
      ...(current && { replaces_revision: current.revision }),
      ...request,
    });
  }

  /** Starts a process; where it stands still, if it is to. */
  async start(
    at: StandStill = {},
    settings: Partial<WriterSettings> = {},
  ): Promise<WriterProcess> {
    const { git, beforeCommitOf, hook, halt = this.halt } = at;
    if (hook) this.hook(hook, halt.formatScript(false));
    const { folder } = halt;
    const started = await WriterProcess.start(
      {
        database: this.database.config,
        remote: { url: this.server.url, username: 'bot', password: CANARY },
        directory: this.directory,
        storeFolder: this.writers.storeFolder,
        leaseTtlMs: LEASE_TTL_MS,
        timeoutMs: 20_000,
        logFile: this.#logFile,
        ...(beforeCommitOf && {
          halt: { folder, beforeCommitOf: beforeCommitOf.source },
        }),
        ...settings,
      },
      git ? installGit(git, halt) : at.bin,
    );
    this.#processes.push(started);
    return started;
  }

  /** Has a hook of the remote do this. */
  hook(name: 'pre-receive' | 'post-receive', script: string): void {
    const path = join(this.writers.repository.path, 'hooks', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  reached(halt = this.halt): Promise<void> {
    return this.until('the place was reached', async () => halt.isReached);
  }

  /** Another place at which something stands still. */
  addHalt(): Halt {
    return new Halt(this.writers.directory);
  }

  until(what: string, condition: () => Promise<boolean>): Promise<void> {
    return this.writers.until(what, condition).catch(error => {
      const said = this.log.split('\n').filter(line => !/ debug /.test(line));
      throw new Error(`${error.message}\n${said.slice(-20).join('\n')}`);
    });
  }

  async areCommitted(numbers: number[]): Promise<void> {
    const from = performance.now();
    await this.until(`${numbers} are committed`, async () => {
      const [{ n }] = await this.knex('release_requests')
        .whereIn('number', numbers)
        .where({ state: 'committed' })
        .count({ n: '*' });
      return Number(n) === numbers.length;
    });
    noteTime(performance.now() - from);
  }

  get log(): string {
    try {
      return readFileSync(this.#logFile, 'utf8');
    } catch {
      return '';
    }
  }

  get #logFile(): string {
    return join(this.writers.directory, 'log');
  }

  async close(): Promise<void> {
    this.halt.remove();
    for (const one of this.#processes) if (one.isRunning) await one.kill();
    await this.writers.close();
    await this.server.close();
    await this.database.close();
    rmSync(this.writers.directory, { recursive: true, force: true });
  }
}
