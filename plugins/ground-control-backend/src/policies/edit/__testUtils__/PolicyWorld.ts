import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parseRemoteUrl } from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { releaseManagerLayout } from '../../../__testUtils__/testLayout';
import { startRouter, TestRouter } from '../../../__testUtils__/startRouter';
import { MirrorFiles } from '../../../gitops/MirrorFiles';
import { AccessService } from '../../../permissions';
import { RequestsFixture } from '../../../requests/__testUtils__/RequestsFixture';
import { CatalogPeople } from '../../../requests/people/CatalogPeople';
import { createReading } from '../../../requests/reading/__testUtils__/createReading';
import { RefusalBook } from '../../../requests/RefusalBook';
import { RequestGate } from '../../../requests/RequestGate';
import { RequestWriter } from '../../../requests/writing';
import { FaultyMirror } from '../../../requests/writing/__testUtils__/FaultyMirror';
import { readPoliciesConfig } from '../../readPoliciesConfig';
import { ConfigReader } from '@backstage/config';
import { PauseWriter } from '../../pauses/PauseWriter';
import { PoliciesService, PolicyEditor, PolicyWriter } from '..';

const ROBOT = { name: 'Ground Control', email: 'ground-control@example.com' };
const ENVIRONMENTS = ['dev', 'staging', 'prod'];

/** A config repository with policies, who may change them, and who writes. */
export class PolicyWorld {
  readonly repository = TestRepository.create();
  readonly fixture: RequestsFixture;
  readonly mirror: FaultyMirror;
  readonly directory = mkdtempSync(join(tmpdir(), 'ground-control-policies-'));
  router!: TestRouter;
  policies!: PoliciesService;
  writer?: RequestWriter;
  /** How far the clock of policies is ahead of the system's, in milliseconds. */
  aheadMs = 0;
  /** Whether a writer that is started next does auto-releases. */
  autoReleases = false;
  readonly logger = createRecordingLogger();
  /** Starts a process that writes; the one before has to be stopped. */
  startWriter: () => void = () => {};
  #files: MirrorFiles;

  private constructor(readonly knex: Knex, url?: string) {
    this.fixture = new RequestsFixture(knex);
    this.repository.commit({ message: 'Begin', files: { README: 'x' } });
    this.mirror = new FaultyMirror({
      remote: parseRemoteUrl(url ?? this.repository.path),
      branch: 'master',
      directory: this.directory,
      timeoutMs: 20_000,
      logger: createRecordingLogger(),
    });
    this.#files = new MirrorFiles(this.mirror);
  }

  static async start(
    knex: Knex,
    options: { policies?: object; writes?: boolean; waitMs?: number } = {},
  ): Promise<PolicyWorld> {
    const world = new PolicyWorld(knex);
    await world.fixture.fill();
    await world.mirror.fetch();
    await world.#join(options);
    return world;
  }

  async #join(options: {
    policies?: object;
    writes?: boolean;
    waitMs?: number;
  }) {
    const { fixture, knex, mirror } = this;
    const auth = mockServices.auth();
    const access = new AccessService({
      permissions: fixture.permissions,
      permissionsRegistry: mockServices.permissionsRegistry.mock(),
    });
    const people = new CatalogPeople({
      auth,
      catalog: catalogServiceMock.mock({
        getEntitiesByRefs: async ({ entityRefs }) => ({
          items: entityRefs.map(ref => fixture.entities.get(ref)),
        }),
      }),
    });
    const now = () => new Date(Date.now() + this.aheadMs);
    const shared = {
      knex,
      hub: fixture.hub,
      repository: 'default',
      environments: ENVIRONMENTS,
      layout: releaseManagerLayout,
      files: this.#files,
      settings: readPoliciesConfig(
        new ConfigReader(options.policies ?? {}),
        ENVIRONMENTS,
      ),
      mirror,
      now,
    };
    const editor = new PolicyEditor(shared);
    const writing = { author: ROBOT, committer: ROBOT };
    const wantFetch = async () => {};
    this.policies = new PoliciesService({
      ...shared,
      access,
      auth,
      deciders: fixture.deciders,
      editor,
      canWrite: true,
      gate: new RequestGate({
        ...shared,
        auth,
        access,
        people,
        refusals: new RefusalBook(knex),
      }),
      waitMs: options.waitMs ?? 20_000,
    });
    this.router = await startRouter({
      knex,
      settings: {
        repository: 'default',
        environments: ENVIRONMENTS,
        mainBranch: 'master',
        links: [],
        catalogIntervalMs: 0,
      },
      access,
      requests: {
        service: fixture.requests,
        reading: createReading(fixture),
        policies: this.policies,
      },
    });
    this.startWriter = () => {
      this.writer = new RequestWriter({
        ...shared,
        logger: mockServices.logger.mock(),
        now: Date.now,
        judge: fixture.requests.judge,
        writing,
        wantFetch,
        intervalMs: 30,
        leaseTtlMs: 6_000,
        others: [
          new PauseWriter({
            ...shared,
            logger: this.logger,
            autoReleases: this.autoReleases,
          }),
          new PolicyWriter({ ...shared, editor, writing, wantFetch }),
        ],
      });
      this.writer.start();
    };
    if (options.writes ?? true) this.startWriter();
  }

  /** What the repository has now. */
  async write(files: Record<string, string | null>): Promise<void> {
    this.repository.commit({ message: 'By hand', files });
    await this.mirror.fetch();
  }

  file(path: string): string {
    return this.repository.git('show', `master:${path}`);
  }

  message(): string {
    return this.repository.git('log', '-1', '--format=%B', 'master');
  }

  commits(): number {
    return Number(this.repository.git('rev-list', '--count', 'master'));
  }

  entries(action?: string) {
    return this.knex('audit_entries')
      .modify(query => action && query.where({ action }))
      .orderBy('sequence')
      .select('*');
  }

  async stop(): Promise<void> {
    await this.writer?.stop();
    await this.router.stop();
    await this.mirror.close();
    await this.fixture.stop();
    this.repository.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
