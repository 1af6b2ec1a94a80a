import { callAs } from './__testUtils__/callAs';
import { createTestDatabases } from './__testUtils__/databases';
import { expectHeads } from './__testUtils__/expectHeads';
import { setUpJoined } from './__testUtils__/startJoined';
import { until } from './__testUtils__/until';

const SQUAD = 'group:default/squad-ledger';
const SERVICE = { namespace: 'payments', name: 'ledger-api' };

describe.each(createTestDatabases().eachSupportedId())(
  'Policies of the plugin as it is joined, %s',
  id => {
    const { directory, repository, start, stop } = setUpJoined(id);

    it('are changed by a lead, hold at once, and vouch for the trail', async () => {
      repository.commit({ message: 'Begin', files: { README: 'x' } });
      directory.setContent({ store: {} });
      const { backend, knex } = await start();
      const call = callAs(backend);
      const read = () => call('dee.park', `/policies?squad=${SQUAD}`);
      await until(async () => (await read()).rules, { seen: read });
      const change = async (wanted: object, object: string | null = null) => {
        const { error, revision } = await call(
          'dee.park',
          '/policies/changes',
          {
            change: wanted,
            object,
          },
        );
        expect([error, revision]).toEqual([undefined, repository.tip()]);
        return revision;
      };
      const needs = (approvals: number) => ({
        kind: 'rules',
        subject: { level: 'squad', squad: SQUAD },
        rules: { environments: { prod: { approvals } } },
      });
      const first = await change(needs(2));
      const { environments, revision } = await read();
      expect(revision).toBe(first);
      expect(environments[2].rules[0]).toMatchObject({
        rule: 'approvals',
        value: '2',
      });
      expect(repository.git('log', '-1', '--format=%an|%B', 'master')).toMatch(
        /^Robot\|Change policies: squad squad-ledger\n\nChanged-by: Dee Park/,
      );

      // The trail was empty when that was made.
      const second = await change({
        kind: 'branch-restriction',
        service: SERVICE,
        environment: 'prod',
        branchRegex: '^master$',
      });
      const object = repository.git('rev-parse', 'master:ground-control.yaml');
      const third = await change(needs(3), object);
      await expectHeads(
        {
          knex,
          repository,
          verify: () => call('dee.park', '/audit/verification'),
        },
        [
          { revision: second, entry: { revision: first } },
          { revision: third, entry: { revision: second } },
        ],
      );
      await stop();
    });
  },
);
