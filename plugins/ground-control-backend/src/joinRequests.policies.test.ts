import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import groundControl from './index';
import { createTestDatabases } from './__testUtils__/databases';
import { component } from './__testUtils__/entities';
import { groupOf, user } from './requests/__testUtils__/RequestsFixture';

jest.setTimeout(60_000);

const SQUAD = 'group:default/squad-ledger';
const PATH = '/api/ground-control/v1/policies';

describe.each(createTestDatabases().eachSupportedId())(
  'Policies of the plugin as it is joined, %s',
  id => {
    let stop: (() => Promise<void>) | undefined;
    // Before the database is taken away, which the next line brings about.
    afterAll(() => stop?.());
    const databases = createTestDatabases();
    const directory = createMockDirectory();
    const repository = TestRepository.create();
    let knex: Knex;

    afterAll(() => repository.remove());

    it('are changed by a lead, and hold at once', async () => {
      repository.commit({ message: 'Begin', files: { README: 'x' } });
      knex = await databases.init(id);
      const backend = await startTestBackend({
        features: [
          groundControl,
          mockServices.database.factory({ knex }),
          catalogServiceMock.factory({
            entities: [
              user('dee.park', { displayName: 'Dee Park' }),
              groupOf('squad-ledger', [], 'user:default/dee.park'),
              component('ledger-api', 'squad-ledger', {
                service: 'payments/ledger-api',
              }),
            ],
          }),
          mockServices.rootConfig.factory({
            data: {
              groundControl: {
                mirrorDirectory: directory.resolve('mirrors'),
                configRepository: {
                  url: `file://${repository.path}`,
                  writing: {
                    author: { name: 'Robot', email: 'robot@example.com' },
                  },
                },
              },
            },
          }),
        ],
      });
      stop = async () => {
        stop = undefined;
        await backend.stop();
      };
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
      await stop!();
    });
  },
);
