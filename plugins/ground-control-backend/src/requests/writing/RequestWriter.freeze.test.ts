import { TestDatabaseId } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { releaseManagerLayout } from '../../gitops';
import { artifactId, artifactJson } from '../../gitops/__testUtils__/artifacts';
import { MirrorFiles } from '../../gitops/MirrorFiles';
import { createPolicyJudge, readPoliciesConfig } from '../../policies';
import { AskService } from '../ask/AskService';
import { readBranchState } from '../branch/readBranchState';
import { DefaultRequestJudge } from '../DefaultRequestJudge';
import { ExpiryService } from '../ExpiryService';
import { RequestJudge } from '../types';
import { WriterWorld } from './__testUtils__/WriterWorld';

const databases = createTestDatabases();
const ENVIRONMENTS = ['dev', 'prod'];
const POLICIES = `defaults:
  environments:
    dev:
      approvals: 1
      onlyWhenWarning: true
      vulnerabilities: { high: off, medium: off }
      freeze:
        - from: 2026-03-06T16:00
          to: 2026-03-09T08:00
          zone: Europe/Copenhagen
          reason: Weekend
`;
const BUILD = { service: 'ledger', number: 2 };

describe.each(databases.eachSupportedId())('A freeze on %s', id => {
  let knex: Knex;
  let world: WriterWorld;
  let expiry: ExpiryService | undefined;

  beforeEach(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    world = WriterWorld.create(knex, [BUILD.service]);
  });

  afterEach(async () => {
    await expiry?.stop();
    await world.close();
  });

  it('that begins between approval and commit holds until its end, and then it is committed once', async () => {
    let clock = Date.parse('2026-03-06T14:59:00.000Z');
    const now = () => new Date(clock);
    world.repository.commit({
      message: 'Policies',
      files: { 'ground-control.yaml': POLICIES },
    });
    // It reads the policies of the mirror, which is there once this started.
    const later: { judge?: RequestJudge } = {};
    const replica = await world.startRead({
      writes: false,
      now: () => clock,
      judge: { rejudge: (...given) => later.judge!.rejudge(...given) },
    });
    // Its tip is noted before the rest of the first reading is.
    await world.until(
      'all was read',
      async () => (await readBranchState(knex, 'default')) !== undefined,
    );
    const shared = {
      knex,
      repository: 'default',
      environments: ENVIRONMENTS,
      layout: releaseManagerLayout,
      mainBranch: 'master',
      store: world.store,
      canWrite: true,
      hub: replica.hub,
      now,
    };
    const judge = new DefaultRequestJudge({
      ...shared,
      policies: createPolicyJudge({
        ...shared,
        files: new MirrorFiles(replica.mirror),
        settings: readPoliciesConfig(new ConfigReader({}), ENVIRONMENTS),
        policies: [],
      }),
    });
    later.judge = judge;
    await knex('services').insert({
      repository: 'default',
      namespace: '',
      service: BUILD.service,
      squad_ref: 'group:default/falcon',
      squad_source: 'catalog',
      in_repository: true,
      in_catalog: true,
    });
    await world.build(BUILD);
    await knex('artifacts').insert({
      repository: 'default',
      namespace: '',
      service: BUILD.service,
      artifact_id: artifactId(BUILD),
      branch: 'master',
      description: JSON.stringify(
        releaseManagerLayout.readArtifact(Buffer.from(artifactJson(BUILD))),
      ),
      in_repository: false,
      in_store: true,
    });
    const asking = new AskService({
      ...shared,
      judge,
      expireAfterMs: () => 3_600_000,
      // Nobody asks in person.
      gate: undefined as never,
    });
    const { number } = await asking.askAutomatically(
      {
        service: { namespace: '', name: BUILD.service },
        environment: 'dev',
        intent: 'auto-release',
        artifactId: artifactId(BUILD),
        branch: 'master',
      },
      { author: { name: 'Ada', email: 'ada@example.com' } },
    );
    expect(await world.row(number)).toMatchObject({
      state: 'approved',
      approvals_needed: 0,
    });

    clock = Date.parse('2026-03-06T15:00:00.000Z');
    replica.writer.start();
    await world.stateIs(number, 'held', 'freeze');
    expect((await world.row(number)).message).toMatch(
      /Nothing is released to dev now \(Weekend\).*Wait until .*Europe\/Copenhagen\.$/,
    );
    expiry = new ExpiryService({
      ...shared,
      logger: world.logger,
      judge,
      intervalMs: 20,
    });
    expiry.start();
    clock = Date.parse('2026-03-09T06:59:00.000Z');
    await world.until('it was looked at before the end', async () => {
      const { next_attempt_at: next } = await world.row(number);
      return Number(next) > clock;
    });
    expect(await world.row(number)).toMatchObject({ state: 'held' });
    expect(world.commits()).toEqual([]);

    clock = Date.parse('2026-03-09T07:00:01.000Z');
    await world.stateIs(number, 'committed');
    expect(world.commits()).toEqual([number]);
    const steps = await world.steps(number);
    expect(steps.slice(-3)).toEqual(['freeze', 'resumed', 'committed']);
  });
});
