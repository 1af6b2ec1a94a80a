import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { createTestDatabases } from './__testUtils__/databases';
import { setUpJoined } from './__testUtils__/startJoined';

const SQUAD = 'group:default/squad-ledger';
const PATH = '/api/ground-control/v1/policies';

describe.each(createTestDatabases().eachSupportedId())(
  'Policies of the plugin as it is joined, %s',
  id => {
    const { directory, repository, start, stop } = setUpJoined(id);

    it('are changed by a lead, and hold at once', async () => {
      repository.commit({ message: 'Begin', files: { README: 'x' } });
      directory.setContent({ store: {} });
      const { backend, knex } = await start();
      const lead = mockCredentials.user.header('user:default/dee.park');
      const read = async () => {
        const { body } = await request(backend.server)
          .get(PATH)
          .query({ squad: SQUAD })
          .set('authorization', lead);
        return body;
      };
      const deadline = Date.now() + 30_000;
      while (!(await read()).rules) {
        if (Date.now() > deadline)
          throw new Error(JSON.stringify(await read()));
        await new Promise(resolve => setTimeout(resolve, 50));
      }
      const change = await request(backend.server)
        .post(`${PATH}/changes`)
        .set('authorization', lead)
        .send({
          change: {
            kind: 'rules',
            subject: { level: 'squad', squad: SQUAD },
            rules: { environments: { prod: { approvals: 2 } } },
          },
          object: null,
        });
      expect([change.status, change.body.error]).toEqual([200, undefined]);
      expect(change.body.revision).toBe(repository.tip());
      const { environments, revision } = await read();
      expect(revision).toBe(repository.tip());
      expect(environments[2].rules[0]).toMatchObject({
        rule: 'approvals',
        value: '2',
      });
      expect(repository.git('log', '-1', '--format=%an|%B', 'master')).toMatch(
        /^Robot\|Change policies: squad squad-ledger\n\nChanged-by: Dee Park/,
      );
      expect(
        await knex('audit_entries').where({ action: 'policy.changed' }),
      ).toHaveLength(1);
      await stop();
    });
  },
);
