import { TestDatabaseId } from '@backstage/backend-test-utils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { IngestFixture } from '../__testUtils__/IngestFixture';

const databases = createTestDatabases();
describe.each(databases.eachSupportedId())('ground-control.yaml on %s', id => {
  it('is a problem of the repository while it can’t be read', async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const repository = TestRepository.create();
    const fixture = await IngestFixture.create(knex, repository.path);
    const write = async (text: string) => {
      repository.commit({
        message: 'Change policies',
        files: { 'ground-control.yaml': text },
      });
      await fixture.run();
      return knex('problems').select('code', 'path', 'service', 'message');
    };
    const bad =
      'squads:\n  squad-ledger:\n    environments: { prod: { approvals: 7 } }\n';
    expect(await write(bad)).toEqual([
      {
        code: 'policy-invalid',
        path: 'ground-control.yaml',
        service: null,
        message: expect.stringMatching(
          /line 3: the value of approvals must be/,
        ),
      },
    ]);
    expect(await write(bad.replace('7', '1'))).toEqual([]);
    await fixture.close();
    repository.remove();
  });
});
