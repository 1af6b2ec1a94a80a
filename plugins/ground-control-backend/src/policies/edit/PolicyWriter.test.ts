import { ChangePolicies } from '@ground-control/backstage-plugin-ground-control-common';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { ReleaseManagerReader } from '../../gitops/releaseManager/__testUtils__/ReleaseManagerReader';
import { emptyTables } from '../../requests/__testUtils__/emptyTables';
import { as } from '../../requests/__testUtils__/RequestsFixture';
import { Moment } from '../../requests/writing/__testUtils__/FaultyMirror';
import { PolicyWorld } from './__testUtils__/PolicyWorld';

const databases = createTestDatabases();
const CHANGE: ChangePolicies = {
  change: {
    kind: 'rules',
    subject: { level: 'squad', squad: 'group:default/squad-ledger' },
    rules: { environments: { prod: { approvals: 2 } } },
  },
  object: null,
};

describe.each(databases.eachSupportedId())('PolicyWriter on %s', id => {
  let knex: Knex;
  let world: PolicyWorld;

  beforeAll(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
  });
  beforeEach(async () => {
    await emptyTables(knex);
    world = await PolicyWorld.start(knex, { writes: false });
  });
  afterEach(() => world.stop());

  it.each<[Moment, boolean]>([
    ['write', false],
    ['written', false],
    ['push', false],
    ['pushed', true],
  ])(
    'tells what the branch has though its process dies at: %s',
    async (moment, arrives) => {
      const reached = world.mirror.hangAt(moment);
      world.startWriter();
      const answer = world.policies.change(as('dee.park'), CHANGE);
      const ended = answer.then(
        ({ revision }) => revision,
        error => error.code,
      );
      await reached;
      await world.writer!.stop();
      expect(await knex('policy_changes').pluck('state')).toEqual(['writing']);

      world.mirror.at = () => {};
      world.startWriter();
      expect(await ended).toBe(
        arrives ? world.repository.tip() : 'interrupted',
      );
      expect(world.commits()).toBe(arrives ? 2 : 1);
      expect(await world.entries('policy.changed')).toHaveLength(
        Number(arrives),
      );
    },
  );

  it('holds the head of the trail, which a verification finds', async () => {
    world.startWriter();
    await world.policies.change(as('dee.park'), CHANGE);
    const second = await world.policies.change(as('dee.park'), {
      change: {
        kind: 'auto-release',
        service: { namespace: 'payments', name: 'ledger-api' },
        environment: 'dev',
        branch: 'master',
      },
      object: null,
    });
    const [anchor] = await knex('audit_anchors').select('*');
    expect(anchor).toMatchObject({ revision: second.revision, sequence: 1 });
    expect(world.message()).toContain(`Audit-head: 1 ${anchor.hash}`);
  });

  it('writes what release-manager reads, and takes for no release', async () => {
    world.startWriter();
    const reader = new ReleaseManagerReader(world.repository.path);
    const before = reader.policies('ledger-api');
    await world.policies.change(as('dee.park'), {
      change: {
        kind: 'auto-release',
        service: { namespace: 'payments', name: 'ledger-api' },
        environment: 'dev',
        branch: 'feature/<x>&',
      },
      object: null,
    });
    expect(world.message()).toMatch(/\nAudit-head: \d+ [0-9a-f]{64}$/);
    expect(before).toBeUndefined();
    expect(reader.policies('ledger-api')?.value).toEqual({
      service: 'ledger-api',
      autoReleases: [
        {
          id: 'auto-release-feature/<x>&-dev',
          branch: 'feature/<x>&',
          environment: 'dev',
        },
      ],
    });
    expect(reader.log().map(({ revision }) => revision)).not.toContain(
      world.repository.tip(),
    );
  });

  it('goes on after one that can’t be written', async () => {
    world.startWriter();
    const broken = world.policies.change(as('dee.park'), {
      change: { ...CHANGE.change, rules: { freeze: [] } } as never,
      object: null,
    });
    await expect(broken).resolves.toMatchObject({ effects: [] });
    world.mirror.at = moment => {
      if (moment !== 'write') return;
      world.mirror.at = () => {};
      throw new Error('The disk is full');
    };
    await expect(
      world.policies.change(as('dee.park'), CHANGE),
    ).rejects.toMatchObject({
      code: 'write-failed',
      message: 'Nothing was changed. The disk is full',
    });
    const { revision } = await world.policies.change(as('dee.park'), CHANGE);
    expect(revision).toBe(world.repository.tip());
  });
});
