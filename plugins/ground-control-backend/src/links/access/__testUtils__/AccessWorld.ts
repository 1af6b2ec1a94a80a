import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  AccessWish,
  AskForAccess,
  DecideRequest,
  serviceReadPermission,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { startRouter, TestRouter } from '../../../__testUtils__/startRouter';
import { TestClusters } from '../../../__testUtils__/TestClusters';
import { MirrorFiles } from '../../../gitops/MirrorFiles';
import {
  createGroundControlConditionalDecision,
  groundControlConditions,
} from '../../../permissions';
import {
  as,
  EXPIRE_AFTER_MS,
  RequestsFixture,
} from '../../../requests/__testUtils__/RequestsFixture';
import { AccessRequests } from '../../../requests/AccessRequests';
import { createReading } from '../../../requests/reading/__testUtils__/createReading';
import { RequestRow } from '../../../requests/types';
import { readEntriesFile } from '../../entries/file/readEntriesFile';
import { writeEntries } from '../../entries/store/writeEntries';
import { readLinkedPairs } from '../../readLinkedPairs';
import { AccessReading } from '../AccessReading';
import { AskAccess } from '../AskAccess';
import { createAccessRequests } from '../createAccessRequests';

export const PATH = 'backbone-gateway/shuttle.yaml';
const NAMESPACE = 'backbone-gateway';
const NOW = '2026-03-03T12:00:00.000Z';
const SAMPLES = JSON.stringify([60, 0, [24, 0], [30, 0], null]);

/** Tables beside those of requests. */
const TABLES = [
  'latency_pairs',
  'link_watch',
  'cluster_links',
  'mirrored_services',
  'exported_services',
  'cluster_ingresses',
  'link_traffic',
  'link_traffic_sources',
  'gateway_entries',
  'gateway_files',
];

/** The gateway's file in a real repository, clusters, links and people. */
export class AccessWorld {
  readonly repository = TestRepository.create();
  readonly fixture: RequestsFixture;
  readonly mirror: Mirror;
  readonly files: MirrorFiles;
  /** Whether the config repository may be written. */
  canWrite = true;
  /** What Backstage's auditor was told. */
  readonly told: Array<{ id: string; end: string }> = [];
  readonly #directory = mkdtempSync(join(tmpdir(), 'ground-control-access-'));
  #file?: string;
  #forms = 0;
  #asking?: AskAccess;
  #requests?: AccessRequests;
  #router?: TestRouter;

  private constructor(readonly knex: Knex) {
    this.mirror = new Mirror({
      remote: parseRemoteUrl(this.repository.path),
      branch: 'master',
      directory: this.#directory,
      timeoutMs: 20_000,
      logger: createRecordingLogger(),
    });
    this.files = new MirrorFiles(this.mirror);
    this.fixture = new RequestsFixture(knex, {
      joinAccess: fixture => this.#joinRequests(fixture),
    });
  }

  get now(): Date {
    return this.fixture.now;
  }

  /** What people ask with. */
  get asking(): AskAccess {
    return this.#asking!;
  }

  get router(): TestRouter {
    return this.#router!;
  }

  static async start(knex: Knex): Promise<AccessWorld> {
    const world = new AccessWorld(knex);
    await world.#join();
    return world;
  }

  /** Makes the world as it begins, with this file. */
  async begin(file: string): Promise<void> {
    for (const table of TABLES) await this.knex(table).delete();
    this.canWrite = true;
    this.fixture.now = new Date(NOW);
    this.fixture.catalogFault = undefined;
    this.fixture.changes.length = 0;
    this.told.length = 0;
    this.fixture.allow(() => true);
    await this.fixture.fill();
    await this.#fillClusters();
    await this.write(file);
  }

  /** What the repository has now; without a file where none is given. */
  async write(file: string | undefined): Promise<void> {
    const files = { README: 'x', [PATH]: file ?? null };
    if (file !== this.#file) {
      this.repository.commit({ message: 'By hand', files });
      await this.mirror.fetch();
      this.#file = file;
    }
    const gateway = { path: PATH, namespace: NAMESPACE };
    const read = readEntriesFile(Buffer.from(file ?? ''), gateway);
    const revision = this.mirror.tip!;
    await writeEntries(
      this.knex,
      'default',
      { ...read, path: file === undefined ? null : PATH, revision },
      this.now.getTime(),
    );
  }

  /** Asks as a person; another form each time. */
  ask(
    wish: AccessWish,
    { by = 'ana.ruiz', ...more }: { by?: string } & Partial<AskForAccess> = {},
  ): Promise<RequestRow> {
    this.#forms += 1;
    const idempotencyKey = `access-${this.#forms}`;
    return this.asking.ask(as(by), { wish, idempotencyKey, ...more });
  }

  /** Decides as a person on what they would see now. */
  async decide(
    { number }: Pick<RequestRow, 'number'>,
    by: string,
    more: Partial<DecideRequest> = {},
  ): Promise<RequestRow> {
    const { requests } = this.fixture;
    const { look } = await requests.examine(as(by), number);
    return requests.decide(as(by), number, {
      decision: 'approve',
      evidence: look.evidence,
      accepted: look.verdicts.map(({ policy, reason }) => ({ policy, reason })),
      ...more,
    });
  }

  file(): string {
    return this.repository.git('show', `master:${PATH}`);
  }

  async #fillClusters() {
    const { knex, now } = this;
    const at = now.getTime();
    const clusters = new TestClusters(knex, now.toISOString());
    for (const name of ['aws-1', 'az-1', 'gcp-1', 'mute-1']) {
      await clusters.cluster({ name, environment: 'prod' });
      const known = name !== 'mute-1';
      await knex('link_watch').insert({
        cluster: name,
        links_known: known,
        services_known: known,
        ingresses_known: known,
        observed_at: at,
      });
    }
    await this.link('aws-1', 'az-1');
    await this.link('gcp-1', 'az-1', 'high');
    await this.link('aws-1', 'gcp-1');
  }

  async link(from: string, to: string, state = 'normal') {
    const at = this.now.getTime();
    await this.knex('cluster_links').insert({
      cluster: from,
      target: to,
      namespace: 'linkerd-multicluster',
      gateway: '[]',
      observed_at: at,
    });
    await this.knex('latency_sources')
      .insert({
        source: 'probe',
        ordinal: 0,
        label: 'probe',
        interval_ms: 5_000,
        state: 'fresh',
        since: at,
      })
      .onConflict('source')
      .ignore();
    await this.knex('latency_clusters')
      .insert({ cluster: from, source: 'probe', heard_at: at })
      .onConflict(['cluster', 'source'])
      .ignore();
    await this.knex('latency_pairs').insert({
      from_cluster: from,
      to_cluster: to,
      source: 'probe',
      probe: 'gateway /ready',
      interval_ms: 5_000,
      loss_at_least: false,
      linked: true,
      state,
      code: state === 'normal' ? 'as-usual' : 'slower',
      since: at,
      sampled_at: at,
      last_success_at: at,
      window_5m: SAMPLES,
      window_1h: SAMPLES,
      window_24h: SAMPLES,
      window_7d: SAMPLES,
      baselines: JSON.stringify([null, null, null]),
    });
  }

  /** A service of a cluster that is mirrored in another one. */
  async mirrored(
    name: string,
    at: { in: string; of: string; namespace?: string },
  ): Promise<void> {
    const { namespace = NAMESPACE } = at;
    await this.knex('mirrored_services').insert({
      cluster: at.in,
      namespace,
      name: `${name}-${at.of}`,
      target: at.of,
      service: name,
      service_namespace: namespace,
      state: 'mirrored',
    });
  }

  /** Calls that the mesh counted. */
  async call(workload: string, name: string, at: { from: string; to: string }) {
    const observed_at = this.now.getTime();
    await this.countCalls();
    await this.knex('link_traffic').insert({
      source: 'mesh',
      from_cluster: at.from,
      namespace: 'payments',
      workload,
      to_cluster: at.to,
      service_namespace: NAMESPACE,
      service: name,
      requests_per_second: 3,
      observed_at,
    });
  }

  /** There is something that counts calls. */
  async countCalls() {
    const at = this.now.getTime();
    await this.knex('link_traffic_sources')
      .insert({
        source: 'mesh',
        ordinal: 0,
        label: 'mesh',
        interval_ms: 15_000,
        state: 'fresh',
        since: at,
        read_at: at,
        left_out: 0,
      })
      .onConflict('source')
      .ignore();
  }

  #share() {
    const readCanWrite = () => this.canWrite;
    return {
      knex: this.knex,
      repository: 'default',
      files: this.files,
      mirror: this.mirror,
      gateway: { path: PATH, namespace: NAMESPACE },
      readLinkedPairs,
      get canWrite() {
        return readCanWrite();
      },
      now: () => this.now,
    };
  }

  #joinRequests(fixture: RequestsFixture): AccessRequests {
    const options = this.#share();
    const { access, gate, hub } = fixture;
    this.#asking = new AskAccess(
      Object.assign(options, {
        access,
        gate,
        hub,
        expireAfterMs: () => EXPIRE_AFTER_MS,
      }),
    );
    this.#requests = createAccessRequests(
      Object.assign(options, { asking: this.#asking }),
    );
    return this.#requests;
  }

  async #join() {
    const { fixture, knex } = this;
    const { access, deciders, gate } = fixture;
    const gatewayAccess = new AccessReading(
      Object.assign(this.#share(), {
        access,
        auth: mockServices.auth(),
        deciders,
        permitAsking: (...args: Parameters<typeof gate.permitAsking>) =>
          gate.permitAsking(...args),
      }),
    );
    this.#router = await startRouter({
      knex,
      settings: {
        repository: 'default',
        environments: ['dev', 'staging', 'prod'],
        mainBranch: 'master',
        links: [],
        catalogIntervalMs: 0,
      },
      access,
      auditor: {
        createEvent: async ({ eventId: id }) => ({
          success: async () => {
            this.told.push({ id, end: 'success' });
          },
          fail: async ({ error }) => {
            this.told.push({ id, end: error.name });
          },
        }),
      },
      requests: {
        service: fixture.requests,
        reading: createReading(fixture, { accessRequests: this.#requests }),
        gatewayAccess,
        askAccess: this.#asking,
      },
    });
  }

  /** Has everybody see the services of some squads alone. */
  showOnly(squads: string[]): void {
    this.fixture.permissions.authorizeConditional.mockImplementation(
      async questions =>
        questions.map(({ permission }) =>
          permission.name === 'ground-control.service.read'
            ? createGroundControlConditionalDecision(
                serviceReadPermission,
                groundControlConditions.hasSquad({ squads }),
              )
            : { result: AuthorizeResult.ALLOW },
        ) as never,
    );
  }

  async stop(): Promise<void> {
    await this.#router?.stop();
    await this.mirror.close();
    await this.fixture.stop();
    this.repository.remove();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
