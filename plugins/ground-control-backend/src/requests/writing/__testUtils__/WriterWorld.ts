import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { Knex } from 'knex';
import {
  ArtifactStore,
  CommitPlan,
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { until } from '../../../__testUtils__/until';
import { FolderArtifactStore } from '../../../artifacts';
import { appendAudit } from '../../../audit/appendAudit';
import { GitopsService, releaseManagerLayout } from '../../../gitops';
import {
  artifactId,
  artifactJson,
  TestBuild,
} from '../../../gitops/__testUtils__/artifacts';
import { ChangeHub } from '../../../lib/ChangeHub';
import { insertRequest } from '../../__testUtils__/insertRequest';
import { moveRequest } from '../../moveRequest';
import { readRequestRow } from '../../store/readRequestRow';
import { RequestEvent, RequestJudge, RequestRow } from '../../types';
import { CommitSettler } from '../CommitSettler';
import { RequestWriter, RequestWriterOptions } from '../RequestWriter';
import { WritingOptions } from '../types';
import { FaultyMirror } from './FaultyMirror';

const WHO = { name: 'Ground Control', email: 'ground-control@example.com' };
/**
 * Longer than a busy machine keeps a process from running: so long PostgreSQL
 * lets a transaction rest, too.
 */
const LEASE_TTL_MS = 6_000;
const GO: RequestJudge = { rejudge: async () => ({ kind: 'go' }) };

/** A process with all that writes; others may run beside it. */
export interface Replica {
  hub: ChangeHub;
  mirror: FaultyMirror;
  gitops: GitopsService;
  writer: RequestWriter;
  settler: CommitSettler;
  stop(): Promise<void>;
}

/** A config repository with services in dev, a store, and who writes. */
export class WriterWorld {
  readonly directory = mkdtempSync(join(tmpdir(), 'ground-control-writer-'));
  readonly logger = createRecordingLogger();
  readonly repository = TestRepository.create();
  readonly storeFolder = join(this.directory, 'store');
  readonly store = new FolderArtifactStore(this.storeFolder);
  /** What is added to the clock of those that are started from here on. */
  clockMs = 0;
  #replicas: Replica[] = [];
  #mirrors: Mirror[] = [];
  #first: string;

  private constructor(readonly knex: Knex, readonly services: string[]) {
    const files: Record<string, string> = { 'README.md': 'x' };
    for (const service of services) {
      const folder = `dev/releases/dev/${service}`;
      files[`${folder}/artifact.json`] = artifactJson({ service, number: 1 });
      files[`${folder}/40-deployment.yaml`] = deployment(service, 1);
      files[`clusters/dev/dev/${service}.yaml`] = kustomization(service, 1);
    }
    this.#first = this.repository.commit({ message: 'Begin', files });
  }

  static create(knex: Knex, services: string[]): WriterWorld {
    return new WriterWorld(knex, services);
  }

  /** Puts a build into the store, or another one in its place. */
  async build(build: TestBuild, extra = ''): Promise<void> {
    const { service, number } = build;
    await this.keep(build, {
      'artifact.json': Buffer.from(artifactJson(build)),
      'dev/40-deployment.yaml': Buffer.from(
        `${deployment(service, number)}${extra}`,
      ),
      'dev/90-kustomization.yaml': Buffer.from(kustomization(service, number)),
    });
  }

  /** Puts any files into the store as a build. */
  async keep(build: TestBuild, files: Record<string, Buffer>): Promise<void> {
    const zip = zipSync(files, { level: 0 });
    await mkdir(join(this.storeFolder, build.service), { recursive: true });
    await writeFile(this.#zipPath(build), zip);
  }

  /** What the store has of a build. */
  async readFiles(build: TestBuild) {
    const files = await this.store.readFiles(
      { service: build.service, artifactId: artifactId(build) },
      { environment: 'dev' },
    );
    if ('fault' in files) throw new Error(files.fault);
    return files;
  }

  removeBuild(build: TestBuild): Promise<void> {
    return rm(this.#zipPath(build));
  }

  /** An approved request for a build; builds it where `request` names no digest. */
  async approve(
    build: TestBuild,
    request: Partial<RequestRow> = {},
  ): Promise<number> {
    let { digest } = request;
    if (digest === undefined) {
      await this.build(build);
      ({ digest } = await this.readFiles(build));
    }
    const row: Partial<RequestRow> = {
      environment: 'dev',
      namespace: '',
      service: build.service,
      artifact_id: artifactId(build),
      replaces_revision: this.#first,
      requested_at: Date.now(),
      requested_by_email: 'ana.ruiz@example.com',
      state: 'approved',
      code: 'approved',
      ...request,
      digest,
    };
    return this.ask(tx => insertRequest(tx, row));
  }

  /** As asking does: the trail tells of a request from its beginning on. */
  ask(insert: (tx: Knex) => Promise<number>): Promise<number> {
    return this.knex.transaction(async tx => {
      const number = await insert(tx);
      await appendAudit(tx, {
        at: Date.now(),
        actor: 'user:default/ana.ruiz',
        action: 'request.asked',
        number,
      });
      return number;
    });
  }

  /** Starts a process, its parts as a test wants them. */
  async start(
    options: {
      url?: string;
      timeoutMs?: number;
      judge?: RequestJudge;
      /** Instead of the system's clock. */
      now?(): number;
      /** Makes those who make other commits. */
      others?: (
        options: WritingOptions & { now(): number },
      ) => RequestWriterOptions['others'];
      /** Instead of the store's own. */
      readFiles?: ArtifactStore['readFiles'];
      storeTimeoutMs?: number;
      tellAfterMs?: number;
      /** Whether it reads the branch by itself. */
      reads?: boolean;
      settles?: boolean;
      writes?: boolean;
    } = {},
  ): Promise<Replica> {
    const { knex, logger } = this;
    const hub = new ChangeHub({
      onError: error => logger.error(String(error)),
      gatherMs: 20,
    });
    const url = options.url ?? this.repository.path;
    const repository = 'default';
    const layout = releaseManagerLayout;
    const common = { knex, logger, hub, repository, layout };
    const mirror = new FaultyMirror({
      remote: parseRemoteUrl(url),
      branch: 'master',
      directory: join(this.directory, 'mirrors'),
      timeoutMs: options.timeoutMs ?? 20_000,
      logger,
    });
    const gitops = new GitopsService({
      ...common,
      identity: { url: this.repository.path, branch: 'master' },
      environments: ['dev', 'prod'],
      pollIntervalMs: 200,
      leaseTtlMs: LEASE_TTL_MS,
      mirror,
    });
    const clockMs = this.clockMs;
    const now = options.now ?? (() => Date.now() + clockMs);
    const writing: WritingOptions & { now(): number } = {
      ...common,
      now,
      mirror,
      store: {
        label: this.store.label,
        findChanges: asked => this.store.findChanges(asked),
        readDescription: (key, asked) => this.store.readDescription(key, asked),
        readFiles:
          options.readFiles ??
          ((key, asked) => this.store.readFiles(key, asked)),
      },
      judge: options.judge ?? GO,
      writing: { author: WHO, committer: WHO },
      wantFetch: async () => {
        if (options.reads ?? true) await gitops.wantFetch();
      },
    };
    const writer = new RequestWriter({
      ...writing,
      storeTimeoutMs: options.storeTimeoutMs,
      tellAfterMs: options.tellAfterMs,
      others: options.others?.(writing),
      intervalMs: 50,
      leaseTtlMs: LEASE_TTL_MS,
    });
    const settler = new CommitSettler({ ...common, mirror, now });
    if (options.reads ?? true) await gitops.start();
    if (options.settles ?? true) settler.start();
    if (options.writes ?? true) writer.start();
    const replica: Replica = {
      hub,
      mirror,
      gitops,
      writer,
      settler,
      stop: async () => {
        this.#replicas = this.#replicas.filter(one => one !== replica);
        await Promise.all([writer.stop(), settler.stop()]);
        await gitops.stop();
        await mirror.close();
        hub.close();
      },
    };
    this.#replicas.push(replica);
    return replica;
  }

  /** Starts a process that reads the branch, and waits until it has. */
  async startRead(
    options: Parameters<WriterWorld['start']>[0] = {},
  ): Promise<Replica> {
    const replica = await this.start(options);
    const tip = this.repository.tip();
    await this.until('the branch was read', async () => {
      const row = await this.knex('repositories').first('tip');
      return row?.tip === tip;
    });
    return replica;
  }

  async row(number: number): Promise<RequestRow> {
    return (await readRequestRow(this.knex, number))!;
  }

  async move(
    number: number,
    event: Pick<RequestEvent, 'type' | 'code'>,
  ): Promise<void> {
    await this.knex.transaction(tx =>
      moveRequest(tx, {
        number,
        event: { ...event, at: Date.now(), actor: 'user:default/ana.ruiz' },
      }),
    );
  }

  stateIs(number: number, state: string, code?: string): Promise<void> {
    return this.until(
      `request ${number} is ${state} ${code ?? ''}`,
      async () => {
        const row = await this.row(number);
        return row.state === state && (code === undefined || row.code === code);
      },
    );
  }

  async steps(number: number): Promise<string[]> {
    return this.knex('release_request_steps')
      .where({ number })
      .orderBy('step')
      .pluck('code');
  }

  /** The requests that commits of the branch name, oldest first. */
  commits(): number[] {
    return this.repository
      .git(
        ...['log', '--first-parent', '--reverse'],
        '--format=%(trailers:key=Release-request,valueonly,separator=)',
        'master',
      )
      .split('\n')
      .filter(Boolean)
      .map(id => Number(id.replace('REQ-', '')));
  }

  file(path: string): string {
    return this.repository.git('show', `master:${path}`);
  }

  /**
   * Another program that pushes all the time.
   *
   * @returns how to end it, which resolves to how often it pushed
   */
  keepPushing(everyMs: number): () => Promise<number> {
    const stop = new AbortController();
    const push = async () => {
      for (let n = 1; ; n += 1) {
        const from = performance.now();
        const content = Buffer.from(`${n}`);
        await this.rival(`Tidy ${n}`, [
          { kind: 'put', path: 'x', mode: '100644', content },
        ]);
        // On a slow machine too there is room between its pushes.
        const rest = Math.max(everyMs, 4 * (performance.now() - from));
        await new Promise(resolve => setTimeout(resolve, rest));
        if (stop.signal.aborted) return n;
      }
    };
    const pushing = push();
    return () => {
      stop.abort();
      return pushing;
    };
  }

  /** Another program that pushes as it should: on the tip, or again. */
  async rival(
    message: string,
    changes: CommitPlan['changes'],
  ): Promise<string> {
    let [mirror] = this.#mirrors;
    if (!mirror) {
      mirror = new Mirror({
        remote: parseRemoteUrl(this.repository.path),
        branch: 'master',
        directory: join(this.directory, 'rival'),
        timeoutMs: 20_000,
        logger: this.logger,
      });
      this.#mirrors.push(mirror);
    }
    for (;;) {
      const fetched = await mirror.fetch();
      if (fetched.kind !== 'fetched') throw new Error(fetched.reason);
      const base = fetched.tip;
      const at = new Date();
      const plan = {
        message: `${message}\n`,
        changes,
        author: WHO,
        committer: WHO,
        at,
      };
      const [tip] = await mirror.write({ base, commits: [plan] });
      const pushed = await mirror.push({ expected: base, tip });
      if (pushed.kind === 'pushed') return tip;
      if (pushed.kind !== 'moved') throw new Error(pushed.reason);
    }
  }

  async until(
    what: string,
    condition: () => Promise<boolean>,
    ms = 120_000,
  ): Promise<void> {
    await until(condition, {
      what,
      ms,
      seen: async () => {
        const rows = await this.knex('release_requests')
          .select('number', 'state', 'code', 'message')
          .limit(5);
        const said = this.logger.lines.filter(line => !line.startsWith('git '));
        return [JSON.stringify(rows), ...said.slice(-10)].join('\n');
      },
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map(replica => replica.stop()));
    await Promise.all(this.#mirrors.map(mirror => mirror.close()));
    this.repository.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }

  #zipPath(build: TestBuild): string {
    return join(this.storeFolder, build.service, artifactId(build));
  }
}

function deployment(service: string, number: number): string {
  return `kind: Deployment\nmetadata:\n  name: ${service}\n  labels:\n    build: "${number}"\n`;
}

/** As release-manager expects it: it is moved out of the release's folder. */
export function kustomization(service: string, number: number): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${service}\n  labels:\n    build: "${number}"\nspec:\n  path: ./dev/releases/dev/${service}\n`;
}
